import type {
  Broker,
  BrokerPublishOptions,
  Entry,
  History,
  Position,
  Signal,
  StreamListener,
} from '../../../js/src/server/broker.js';
import { memoryBroker } from '../../../js/src/server/memoryBroker.js';
import type { HistoryOptions } from '../../../js/src/server/streamHistory.js';

interface Feed {
  readonly listener: StreamListener;
  readonly queue: [string, Entry][];
  stop: () => void;
}

/**
 * A broker behind a network that a test plays: what it is asked waits until the test lets it
 * through, in any order, and is looked up before or after the wait; each watcher's feed is behind
 * as far as the test likes, but in order, and may lose something. `restart` forgets everything.
 */
export class ScriptedBroker implements Broker {
  /** All that was ever published, by stream and epoch. */
  readonly published = new Map<string, Entry[]>();
  /** Whether answers are looked up when they are let through, not when they are asked for. */
  isLate = false;
  /** What the next question is answered with, once. */
  failure: Error | null = null;
  private inner: Broker;
  private readonly waiting: (() => void)[] = [];
  private readonly feeds = new Map<string, Set<Feed>>();

  constructor(private readonly history: HistoryOptions = {}) {
    this.inner = memoryBroker(history);
  }

  get waitingCount(): number {
    return this.waiting.length;
  }

  /** Streams that somebody watches. */
  get watched(): string[] {
    return [...this.feeds].filter(([, feeds]) => feeds.size > 0).map(([stream]) => stream);
  }

  publish(stream: string, payload: Uint8Array, options?: BrokerPublishOptions): Position {
    const [epoch, offset] = this.inner.publish(stream, payload, options) as Position;
    const all = this.published.get(`${stream} ${epoch}`) ?? [];
    this.published.set(`${stream} ${epoch}`, all);
    all.push({ offset, key: options?.key ?? null, payload });
    return [epoch, offset];
  }

  position(stream: string): Promise<Position> {
    return this.ask(() => this.inner.position(stream) as Position);
  }

  read(stream: string, from: Position): Promise<History> {
    return this.ask(() => this.inner.read(stream, from) as History);
  }

  watch(stream: string, listener: StreamListener): () => void {
    const feed: Feed = { listener, queue: [], stop: () => {} };
    this.follow(stream, feed);
    const feeds = this.feeds.get(stream) ?? new Set();
    this.feeds.set(stream, feeds.add(feed));
    return () => {
      feed.stop();
      feeds.delete(feed);
    };
  }

  /** Lets one question through. */
  release(pick: number): void {
    const [answer] = this.waiting.splice(pick % Math.max(this.waiting.length, 1), 1);
    answer?.();
  }

  /** Lets feeds go on by so many publications each. */
  feed(count = Number.POSITIVE_INFINITY): void {
    for (const { listener, queue } of this.all()) {
      for (const [epoch, entry] of queue.splice(0, count)) listener(epoch, entry);
    }
  }

  /** The next publication of each feed never comes. */
  lose(): void {
    for (const { queue } of this.all()) queue.shift();
  }

  restart(): void {
    void this.inner.close();
    this.inner = memoryBroker(this.history);
    for (const [stream, feeds] of this.feeds) for (const feed of feeds) this.follow(stream, feed);
  }

  cursor(client: string) {
    return this.inner.cursor(client);
  }
  advance(client: string, seq: number) {
    return this.inner.advance(client, seq);
  }
  attend(stream: string, user: string, change: 1 | -1) {
    return this.inner.attend(stream, user, change);
  }
  presence(stream: string) {
    return this.inner.presence(stream);
  }
  signal(signal: Signal) {
    return this.inner.signal(signal);
  }
  onSignal(listener: (signal: Signal) => void) {
    return this.inner.onSignal(listener);
  }
  close(): void {
    void this.inner.close();
  }

  private all(): Feed[] {
    return [...this.feeds.values()].flatMap((feeds) => [...feeds]);
  }

  private follow(stream: string, feed: Feed): void {
    feed.stop = this.inner.watch(stream, (epoch, entry) => feed.queue.push([epoch, entry]));
  }

  private ask<T>(look: () => T): Promise<T> {
    const { failure } = this;
    this.failure = null;
    const early = this.isLate ? null : { answer: look() };
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        if (failure !== null) reject(failure);
        else resolve(early === null ? look() : early.answer);
      });
    });
  }
}
