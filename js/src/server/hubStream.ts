import { entryOverheadMax, frameBytesMax, framesOf, SharedRun } from './batch.js';
import type { Broker, Entry, History, Position } from './broker.js';
import type { Flushable, Flusher } from './flusher.js';
import type { Subscriber } from './subscriber.js';
import type { Subscription } from './subscription.js';

/** What came after a position, as runs for one index. */
export interface Replay {
  readonly history: History;
  readonly runs: Iterable<SharedRun>;
}

/**
 * A stream that someone in this process is subscribed to. Ends with `close`. Each user may have one
 * of their own, so what few of them need is made when it is needed.
 */
export class HubStream implements Flushable {
  readonly subscriptions = new Set<Subscription>();
  /** As the broker's live feed has it; null before its first publication. */
  epoch: string | null = null;
  /** The newest offset that was flushed to those that are live. */
  flushedTo = 0;
  private pending: Entry[] = [];
  private pendingBytes = 0;
  /** Reads on their way, so that those who miss the same ask once; null until there is one. */
  private reads: Map<string, Promise<Replay>> | null = null;
  /** Who has had its index on their socket, and cannot have it again; null until then. */
  private former: WeakSet<Subscriber> | null = null;
  private readonly stop: () => void;

  constructor(
    readonly name: string,
    readonly index: number,
    private readonly broker: Broker,
    private readonly flusher: Flusher,
  ) {
    this.stop = broker.watch(name, (epoch, entry) => this.receive(epoch, entry));
  }

  flush(): void {
    const { epoch, pending } = this;
    if (epoch === null || pending.length === 0) return;
    const first = this.flushedTo + 1;
    const last = this.flushedTo + pending.length;
    this.forget();
    this.flushedTo = last;
    const run = new SharedRun({
      stream: this.name,
      index: this.index,
      first,
      last,
      entries: pending,
    });
    for (const subscription of this.subscriptions) subscription.take(epoch, run);
  }

  /**
   * Reads what came after what was sent; who misses the same meanwhile gets the same answer, and
   * the runs of the stream's own index are made once.
   */
  async missedAfter(from: Position, index: number): Promise<Replay> {
    const key = `${from[1]} ${from[0]}`;
    this.reads ??= new Map();
    let read = this.reads.get(key);
    if (read === undefined) {
      read = this.replayAfter(from, this.index).finally(() => this.reads?.delete(key));
      this.reads.set(key, read);
    }
    const { history, runs } = await read;
    if (index === this.index) return { history, runs };
    return { history, runs: this.runsAfter(from[1], index, history) };
  }

  /** Reads what came after a position that somebody else tells. */
  async replayAfter(from: Position, index: number): Promise<Replay> {
    const history = await this.broker.read(this.name, from);
    return { history, runs: [...this.runsAfter(from[1], index, history)] };
  }

  /** A history that was read after `offset`, as runs. */
  runsAfter(offset: number, index: number, { top, entries }: History): Iterable<SharedRun> {
    if (entries === null) return [];
    return framesOf({ stream: this.name, index, first: offset + 1, last: top, entries });
  }

  /** The subscriber has had its index, and whatever may still arrive under it is over. */
  retire(subscriber: Subscriber): void {
    this.former ??= new WeakSet();
    this.former.add(subscriber);
  }

  isRetired(subscriber: Subscriber): boolean {
    return this.former?.has(subscriber) ?? false;
  }

  close(): void {
    this.stop();
  }

  private receive(epoch: string, entry: Entry): void {
    const liveTo = this.flushedTo + this.pending.length;
    if (epoch !== this.epoch || entry.offset > liveTo + 1) this.goOn(epoch, entry.offset);
    else if (entry.offset <= liveTo) return;
    if (this.subscriptions.size === 0) {
      this.forget();
      this.flushedTo = entry.offset;
      return;
    }
    const bytes = entry.payload.length + entryOverheadMax;
    if (this.pendingBytes + bytes > frameBytesMax) this.flushNow();
    this.pending.push(entry);
    this.pendingBytes += bytes;
    if (this.pendingBytes >= frameBytesMax) this.flushNow();
    else this.flusher.request(this);
  }

  /** After a hole, or in another epoch: whoever is live sees that it misses something. */
  private goOn(epoch: string, offset: number): void {
    this.flushNow();
    this.epoch = epoch;
    this.flushedTo = offset - 1;
  }

  private flushNow(): void {
    this.flush();
    this.flusher.settle();
  }

  private forget(): void {
    this.pending = [];
    this.pendingBytes = 0;
  }
}
