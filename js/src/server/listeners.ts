import { throwLater } from './throwLater.js';

/** One of its own for each `add`, so that the same function may listen twice. */
interface Listener<Args extends readonly unknown[]> {
  readonly hear: (...args: Args) => void;
}

/**
 * Calls listeners in the order of what happens, also when one of them makes the next thing happen:
 * that comes when all have heard of the first. Whoever listens from now on hears of nothing before.
 */
export class Listeners<Args extends readonly unknown[]> {
  private readonly listening = new Set<Listener<Args>>();
  private readonly queue: [Listener<Args>, Args][] = [];
  private isCalling = false;

  get size(): number {
    return this.listening.size;
  }

  /** Answers how to stop; doing so twice is harmless. */
  add(hear: (...args: Args) => void): () => void {
    const listener: Listener<Args> = { hear };
    this.listening.add(listener);
    return () => {
      this.listening.delete(listener);
    };
  }

  /** What a listener throws becomes an uncaught exception; the others are called all the same. */
  call(...args: Args): void {
    if (this.listening.size === 0) return;
    for (const listener of this.listening) this.queue.push([listener, args]);
    if (this.isCalling) return;
    this.isCalling = true;
    for (const [listener, heard] of this.queue) {
      if (!this.listening.has(listener)) continue;
      try {
        listener.hear(...heard);
      } catch (error) {
        throwLater(error);
      }
    }
    this.queue.length = 0;
    this.isCalling = false;
  }

  clear(): void {
    this.listening.clear();
  }
}
