import type { Readable } from './liveState.js';
import { shielded } from './shielded.js';

/** Where a reading takes its value. */
export interface ReadingSource<T> {
  get(): T;
  /** Somebody has subscribed, whom nobody had before. */
  begin(): void;
  /** Nobody is subscribed any more. */
  end(): void;
}

/** A part of a state that components subscribe to: the whole, the keys, or one row. */
export class Reading<T> implements Readable<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private readonly source: ReadingSource<T>) {}

  get isObserved(): boolean {
    return this.listeners.size > 0;
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    // An entry of its own: the same function may be subscribed twice.
    const listener = () => changed();
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.source.begin();
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) this.source.end();
    };
  };

  readonly get = (): T => this.source.get();

  tell(): void {
    for (const listener of [...this.listeners]) shielded(listener);
  }
}
