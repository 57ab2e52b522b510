import type { LineCallbacks } from './lineCallbacks.js';
import { shielded } from './shielded.js';

/** Who keeps a line open, each with callbacks, which are asked for anew whenever one is due. */
export class LineHolders {
  private readonly all = new Set<() => LineCallbacks>();

  get isEmpty(): boolean {
    return this.all.size === 0;
  }

  /** Somebody is told of each message. */
  get wantMessages(): boolean {
    for (const callbacks of this.all) if (callbacks().onMessage) return true;
    return false;
  }

  add(callbacks: () => LineCallbacks): void {
    this.all.add(callbacks);
  }

  /** @returns false when it was none of them */
  remove(callbacks: () => LineCallbacks): boolean {
    return this.all.delete(callbacks);
  }

  clear(): void {
    this.all.clear();
  }

  /** What one of them throws is reported, and the others are told all the same. */
  tell(one: (callbacks: LineCallbacks) => void): void {
    for (const callbacks of [...this.all]) shielded(() => one(callbacks()));
  }
}
