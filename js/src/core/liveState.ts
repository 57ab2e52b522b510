import type { Position } from './position.js';
import type { RowsRef, StateRef } from './stateRef.js';

// What hooks see of the states of a line.

/** A value that changes, in the shape that `useSyncExternalStore` wants. */
export interface Readable<T> {
  /**
   * While somebody is subscribed the line is held open and the value is kept up to date. `changed`
   * is called behind every flush that made it another one. Answers how to stop that.
   */
  subscribe(changed: () => void): () => void;
  /** Pure, and the same between two flushes: identity is kept wherever nothing has changed. */
  get(): T;
}

/** A first value: what `lines.snapshot()` gave, or the bare value where there is no position. */
export type StateFrom<V> = { readonly value: V; readonly at: Position } | V;

/** A state of a line on this page; all components that read it share it. */
export interface LiveState<V> {
  readonly whole: Readable<V>;
  /**
   * What the newest render of a component was given as `from`, undefined or null without one; to be
   * called in each render before anything is read. The newest position counts, and one that is no
   * newer than what is known changes nothing.
   *
   * @throws TypeError for a snapshot of rows whose value is no array
   */
  render(from: StateFrom<V> | null | undefined): void;
}

/** A state of rows. */
export interface LiveRows<T> extends LiveState<readonly T[]> {
  /** The same object for the same key while somebody is subscribed to it. */
  row(key: string): Readable<T | undefined>;
  readonly keys: Readable<readonly string[]>;
}

/** The state that a reference names: rows can be read one by one. */
export type LiveStateOf<R extends StateRef> =
  R extends RowsRef<infer T> ? LiveRows<T> : R extends StateRef<infer V> ? LiveState<V> : never;
