import { expect } from 'vitest';
import type { Position } from '../../../js/src/server/broker.js';
import type { Hub, Joined } from '../../../js/src/server/hub.js';
import type { Run, Subscriber } from '../../../js/src/server/subscriber.js';
import type { ScriptedBroker } from './scriptedBroker.js';

interface Following {
  readonly joined: Joined;
  isStarted: boolean;
  isStopped: boolean;
  last: number;
  /** The newest offset of each key since it joined. */
  readonly newest: Map<string, number>;
}

/**
 * A client that follows streams as PROTOCOL.md has it, and fails the test as soon as a run is not
 * what it must be: the one that comes next, with what was really published, and for a subscription
 * that exists.
 */
export class FollowingClient implements Subscriber {
  unsent = 0;
  isUnflushed = false;
  resyncs = 0;
  readonly following = new Map<string, Following>();
  readonly failures: unknown[] = [];
  private readonly usedIndexes = new Set<number>();
  private readonly joins = new Map<string, number>();

  constructor(
    private readonly hub: Hub,
    private readonly broker: ScriptedBroker,
  ) {}

  /** @param waitForStart what the connection does between the answer and `start` */
  async join(stream: string, from: Position | null, waitForStart: () => Promise<void>) {
    const turn = (this.joins.get(stream) ?? 0) + 1;
    this.joins.set(stream, turn);
    this.following.delete(stream);
    const joined = await this.hub.join(this, stream, from);
    expect(this.usedIndexes.has(joined.index)).toBe(false);
    this.usedIndexes.add(joined.index);
    const isCurrent = () => this.joins.get(stream) === turn;
    if (isCurrent()) {
      const last = from === null ? joined.top : from[1];
      const isStopped = !joined.recovered;
      const following = { joined, isStarted: false, isStopped, last, newest: new Map() };
      this.following.set(stream, following);
    }
    await waitForStart();
    const following = this.following.get(stream);
    if (isCurrent() && following !== undefined) following.isStarted = true;
    joined.start();
  }

  leave(stream: string): void {
    this.joins.set(stream, (this.joins.get(stream) ?? 0) + 1);
    this.following.delete(stream);
    this.hub.leave(this, stream);
  }

  /** As though the last runs had been lost. */
  recover(stream: string, back: number): void {
    const following = this.following.get(stream);
    if (following?.isStarted !== true || following.isStopped) return;
    following.last = Math.max(0, following.last - back);
    const { index, epoch } = following.joined;
    this.hub.recover(this, index, [epoch, following.last]);
  }

  take(run: Run): void {
    const following = this.following.get(run.stream);
    expect(following?.isStarted).toBe(true);
    if (following === undefined) return;
    expect(following.isStopped).toBe(false);
    expect(run.index).toBe(following.joined.index);
    expect(run.first).toBe(following.last + 1);
    expect(run.last).toBeGreaterThanOrEqual(run.first);
    this.expectTruth(run, following);
    following.last = run.last;
    this.isUnflushed = true;
  }

  flush(): void {
    expect(this.isUnflushed).toBe(true);
    this.isUnflushed = false;
  }

  resync(index: number, epoch: string, top: number): void {
    const following = [...this.following.values()].find(({ joined }) => joined.index === index);
    expect(following?.isStarted).toBe(true);
    expect(following?.isStopped).toBe(false);
    expect([typeof epoch, typeof top]).toEqual(['string', 'number']);
    if (following !== undefined) following.isStopped = true;
    this.resyncs++;
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }

  drain(): void {
    this.unsent = 0;
    this.hub.drained(this);
  }

  private expectTruth(run: Run, { joined, newest }: Following): void {
    const published = this.broker.published.get(`${run.stream} ${joined.epoch}`) ?? [];
    for (const entry of run.entries) {
      expect(entry).toEqual(published[entry.offset - 1]);
      if (entry.key !== null) newest.set(entry.key, entry.offset);
    }
    const offsets = run.entries.map(({ offset }) => offset);
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
    const isThere = new Set(offsets);
    for (let offset = run.first; offset <= run.last; offset++) {
      if (isThere.has(offset)) continue;
      // Only what a newer one of its key has superseded may be missing.
      const left = published[offset - 1];
      const { key } = left ?? { key: null };
      expect(key).not.toBeNull();
      expect(published.some((entry) => entry.key === key && entry.offset > offset)).toBe(true);
    }
  }
}
