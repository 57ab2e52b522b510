import type { Subscriber } from './subscriber.js';

/** Reading an entry and laying it out takes some 80 ns: 1 % of a processor for a subscriber. */
const entriesPerMs = 100;

/** As much at once: 1,000 streams of 1,000 entries each. */
const burstMs = 10_000;

/** The client gives up a RECOVER after 10 s (PROTOCOL.md, rule 8). */
const waitMsMax = 5_000;

/** Reads of fewer entries are not counted. */
const freeEntries = 1_000;

/**
 * What subscribers had read of histories because they said so: one that asks for a large history
 * again and again has to wait for it, so that the process has time for others.
 */
export class ReadBudget {
  /** When each will have rested; those who read little are not in it. */
  private readonly restedAt = new WeakMap<Subscriber, number>();

  /** How long this subscriber has to wait before the next read, in ms. */
  waitMs(subscriber: Subscriber): number {
    const restedAt = this.restedAt.get(subscriber) ?? 0;
    return Math.max(Math.ceil(restedAt - performance.now() - burstMs), 0);
  }

  spend(subscriber: Subscriber, entries: number): void {
    if (entries < freeEntries) return;
    const now = performance.now();
    const restedAt = Math.max(this.restedAt.get(subscriber) ?? 0, now) + entries / entriesPerMs;
    this.restedAt.set(subscriber, Math.min(restedAt, now + burstMs + waitMsMax));
  }
}
