import type { Readable } from '../../js/src/core/liveState.js';

/** A value that a test changes, told as a flush tells it: each listener once, whoever throws. */
export class PlayedValue<T> implements Readable<T> {
  /** How often somebody has subscribed. */
  subscribed = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  get readers(): number {
    return this.listeners.size;
  }

  subscribe(changed: () => void): () => void {
    const listener = () => changed();
    this.subscribed += 1;
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get(): T {
    return this.value;
  }

  /** Without telling: as before anybody has subscribed. */
  put(value: T): void {
    this.value = value;
  }

  set(value: T): void {
    if (Object.is(this.value, value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  }
}
