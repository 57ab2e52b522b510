/** What is nested deeper is taken as it comes: the core's own limit is 64. */
const DEPTH_MAX = 128;

/**
 * `now`, with `before` in the place of all that is equal to it, so that what has not changed keeps
 * its identity. Members count as equal in the same order only. Neither value is changed, and only
 * arrays and plain objects are looked into.
 */
export function shareStructure<T>(before: unknown, now: T): T {
  return share(before, now, 0) as T;
}

function share(before: unknown, now: unknown, depth: number): unknown {
  if (Object.is(before, now) || depth > DEPTH_MAX) return now;
  if (Array.isArray(before) && Array.isArray(now)) return shareItems(before, now, depth + 1);
  if (isPlain(before) && isPlain(now)) return shareMembers(before, now, depth + 1);
  return now;
}

function shareItems(
  before: readonly unknown[],
  now: readonly unknown[],
  depth: number,
): readonly unknown[] {
  const items = now.map((item, i) => share(before[i], item, depth));
  const isSame =
    before.length === now.length && items.every((item, i) => Object.is(item, before[i]));
  return isSame ? before : items;
}

type Plain = Readonly<Record<string, unknown>>;

function shareMembers(before: Plain, now: Plain, depth: number): Plain {
  const names = Object.keys(now);
  const namesBefore = Object.keys(before);
  let isSame = names.length === namesBefore.length;
  const members = names.map((name, i) => {
    const member = Object.hasOwn(before, name) ? share(before[name], now[name], depth) : now[name];
    isSame &&= name === namesBefore[i] && Object.is(member, before[name]);
    return [name, member] as const;
  });
  // It defines them: an assignment to `__proto__` would be none.
  return isSame ? before : Object.fromEntries(members);
}

/** An object of any realm's `Object`, or of none. */
function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
