// Applies ratchet.json: what is over a limit today, with its size and a reason. The list may only
// shrink: growth is a finding, and so is an entry that says more than is there.

const countedRules = ['line-length'];
const sizeRules = ['file-length', 'function-length', 'parameters', ...countedRules];
const reasonRules = ['mirrored-test'];

/** Entries are `{ rule, path, name?, size?, reason }`; returns the findings that remain. */
export function applyRatchet(findings, entries, ratchetPath) {
  const groups = groupByKey(findings);
  const remaining = [];
  const used = new Set();
  entries.forEach((entry, index) => {
    const problem = used.has(keyOf(entry))
      ? 'the entry stands twice: remove one'
      : problemOf(entry, groups.get(keyOf(entry)));
    used.add(keyOf(entry));
    if (problem) {
      const what = [entry.path, entry.name].filter(Boolean).join(' ');
      const message = `entry ${index + 1} (${entry.rule} ${what}): ${problem}`;
      remaining.push({ rule: 'ratchet', path: ratchetPath, line: 1, message });
    }
  });
  for (const [key, group] of groups) if (!used.has(key)) remaining.push(...group);
  return remaining;
}

function keyOf({ rule, path, name = '' }) {
  return `${rule}|${path}|${name}`;
}

function groupByKey(findings) {
  const groups = new Map();
  for (const finding of findings) {
    const key = keyOf(finding);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return groups;
}

function problemOf(entry, group) {
  if (typeof entry.reason !== 'string' || entry.reason.trim() === '') return 'give a reason';
  if (reasonRules.includes(entry.rule)) return group ? '' : 'no longer needed: remove it';
  if (!sizeRules.includes(entry.rule)) return 'this rule has no exceptions: mend the finding';
  if (!group) return 'within the limit now: remove it';
  const size = sizeOf(group);
  if (size > entry.size) return `grew from ${entry.size} to ${size}: bring it back`;
  if (size < entry.size) return `shrank from ${entry.size} to ${size}: lower it to ${size}`;
  return size === entry.size ? '' : 'give its present size as a number';
}

// Long lines are counted; of functions with one name the largest is meant.
function sizeOf(group) {
  if (countedRules.includes(group[0].rule)) return group.length;
  return Math.max(...group.map((finding) => finding.size));
}
