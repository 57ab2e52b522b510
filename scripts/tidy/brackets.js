// Pairs of brackets in bare text (see lex.js): which closes which, and within which each stands.

const closers = { '(': ')', '[': ']', '{': '}' };

/** `partner`: index → index of its other half, both ways; `parent`: opener → outer opener. */
export function pairBrackets(bare) {
  const partner = new Map();
  const parent = new Map();
  const open = [];
  for (const { 0: char, index } of bare.matchAll(/[()[\]{}]/g)) {
    if (char in closers) {
      parent.set(index, open.at(-1) ?? -1);
      open.push(index);
      continue;
    }
    // The text of JSX may hold a lone parenthesis but no brace, so a closing brace passes over it.
    const last = char === '}' ? open.findLastIndex((at) => bare[at] === '{') : open.length - 1;
    if (closers[bare[open[last]]] !== char) continue;
    open.length = last + 1;
    const opener = open.pop();
    partner.set(opener, index).set(index, opener);
  }
  return { partner, parent };
}

/** Index of the first character at or after `from` that is no space. */
export function skipSpace(bare, from) {
  let i = from;
  while (i < bare.length && /\s/.test(bare[i])) i += 1;
  return i;
}

/** Index of the last character at or before `from` that is no space; -1 when there is none. */
export function skipSpaceBack(bare, from) {
  let i = from;
  while (i >= 0 && /\s/.test(bare[i])) i -= 1;
  return i;
}

/** Splits a parameter list at its outer commas; angle brackets count as brackets. */
export function splitParameters(list) {
  const parts = [''];
  let depth = 0;
  for (let i = 0; i < list.length; i += 1) {
    const char = list[i];
    if ('([{<'.includes(char)) depth += 1;
    if (')]}'.includes(char) || (char === '>' && !'=-'.includes(list[i - 1]))) depth -= 1;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}
