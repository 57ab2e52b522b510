// What hooks read where there is no line, rendering on a server: `from` alone, and nothing is kept.

import type { CoreStateSpec } from './coreStates.js';
import { givenOf } from './given.js';
import { tokensOf, valueAt } from './jsonPointer.js';
import type { StateFrom } from './liveState.js';
import type { RowsRef, StateRef, StateSpec } from './stateRef.js';

/** The rows of a state that has none. */
export const NO_ROWS: readonly never[] = Object.freeze([]);

/**
 * What a state is before anything came in.
 *
 * @throws TypeError for a snapshot of rows whose value is no array
 */
export function givenWhole<V>(ref: StateRef<V>, from: StateFrom<V> | null | undefined): V {
  const given = givenOf(from);
  if (given === null) return blankOf(ref.spec) as V;
  checkGiven(ref, given.value);
  const blank = blankOf(ref.spec);
  // As on the page, where no rows are the same array whoever gives them.
  return blank === NO_ROWS && (given.value as readonly unknown[]).length === 0
    ? (blank as V)
    : given.value;
}

/** The row with this key, before anything came in. */
export function givenRow<T>(
  ref: RowsRef<T>,
  from: StateFrom<readonly T[]> | null | undefined,
  key: string,
): T | undefined {
  return rowsByKey(ref.spec, givenWhole(ref, from)).get(key);
}

/** The keys of the rows, before anything came in; the same array for the same rows. */
export function givenKeys<T>(
  ref: RowsRef<T>,
  from: StateFrom<readonly T[]> | null | undefined,
): readonly string[] {
  return keysOf(ref.spec, givenWhole(ref, from));
}

export function checkGiven({ kind, name }: StateRef, value: unknown): void {
  if ((kind !== 'log' && kind !== 'collection') || Array.isArray(value)) return;
  throw new TypeError(
    `openline: from of ${name} must be an array of rows, or what lines.snapshot() returned of one.`,
  );
}

export function blankOf(spec: StateSpec): unknown {
  if (spec.kind === 'reduce') return spec.initial;
  return spec.kind === 'log' || spec.kind === 'collection' ? NO_ROWS : undefined;
}

interface RowIndex {
  readonly pointer: string | undefined;
  readonly rows: ReadonlyMap<string, unknown>;
  readonly keys: readonly string[];
}

const indexes = new WeakMap<readonly unknown[], RowIndex>();

/** Rows by key, in the order in which the keys came first. Made once for each array. */
export function rowsByKey<T>(spec: CoreStateSpec, rows: readonly T[]): ReadonlyMap<string, T> {
  return indexOf(spec, rows).rows as ReadonlyMap<string, T>;
}

export function keysOf(spec: CoreStateSpec, rows: readonly unknown[]): readonly string[] {
  return indexOf(spec, rows).keys;
}

/** Reads the key of a row; undefined where it has none. */
export function keyReader({ key }: CoreStateSpec): (row: unknown) => string | undefined {
  if (key === undefined) return () => undefined;
  const tokens = tokensOf(key);
  return (row) => {
    const found = valueAt(row, tokens);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
  };
}

function indexOf(spec: CoreStateSpec, rows: readonly unknown[]): RowIndex {
  const known = indexes.get(rows);
  if (known !== undefined && known.pointer === spec.key) return known;
  const keyOf = keyReader(spec);
  const byKey = new Map<string, unknown>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== undefined) byKey.set(key, row);
  }
  const keys = Object.freeze([...byKey.keys()]);
  const made = { pointer: spec.key, rows: byKey, keys };
  indexes.set(rows, made);
  return made;
}
