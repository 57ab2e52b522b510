import type { StateFrom } from './liveState.js';
import { isPosition, type Position } from './position.js';

/** A first value, and where the stream stood; null: nobody says where. */
export interface Given<V> {
  readonly value: V;
  readonly at: Position | null;
}

/** Null for a component that has no first value. */
export function givenOf<V>(from: StateFrom<V> | null | undefined): Given<V> | null {
  if (from === undefined || from === null) return null;
  if (!isSnapshot(from)) return { value: from as V, at: null };
  // What the caller does with his position later is his.
  const [epoch, offset] = from.at;
  return { value: from.value as V, at: [epoch, offset] };
}

/** JSON leaves a value out that is undefined. */
function isSnapshot(from: unknown): from is { readonly value?: unknown; readonly at: Position } {
  if (typeof from !== 'object' || from === null || Array.isArray(from)) return false;
  const isOther = Object.keys(from).some((name) => name !== 'value' && name !== 'at');
  return !isOther && isPosition((from as { at?: unknown }).at);
}
