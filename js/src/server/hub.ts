import type { Broker, BrokerPublishOptions, History, Position } from './broker.js';
import { Flusher } from './flusher.js';
import { Follower } from './follower.js';
import { HubStream } from './hubStream.js';
import { ReadBudget } from './readBudget.js';
import type { Subscriber } from './subscriber.js';
import { hasDrained, Subscription } from './subscription.js';

export interface HubOptions {
  readonly broker: Broker;
  /**
   * Bytes that a publication may have; `publish` throws RangeError for more.
   * @default 1 MiB
   */
  readonly publicationBytesMax?: number | undefined;
}

/** The answer to a join, as SUBSCRIBED or WELCOME tells it. */
export interface Joined {
  readonly index: number;
  readonly epoch: string;
  readonly top: number;
  /** false: nothing comes until the stream is joined anew. */
  readonly recovered: boolean;
  /**
   * To be called when the answer was sent: replay and live publications follow. Does nothing when
   * the subscription has been replaced or left meanwhile.
   */
  start(): void;
}

/** A stream that nobody is subscribed to any more is watched for so long. */
const lingerMs = 1_000;
/** That many at most; the oldest goes before its time. */
const lingeringMax = 1_000;

/** Joins a broker to the subscribers of this process. */
export class Hub {
  private readonly broker: Broker;
  private readonly publicationBytesMax: number;
  private readonly flusher = new Flusher();
  private readonly readBudget = new ReadBudget();
  private readonly followers = new Map<Subscriber, Follower>();
  private readonly streams = new Map<string, HubStream>();
  /** Streams without subscribers and when they may go, oldest first. */
  private readonly lingering = new Map<HubStream, number>();
  private lingerTimer: NodeJS.Timeout | null = null;
  private newestIndex = 0;
  private isClosed = false;

  constructor({ broker, publicationBytesMax = 1024 * 1024 }: HubOptions) {
    this.broker = broker;
    this.publicationBytesMax = publicationBytesMax;
  }

  /**
   * Subscribes: after a position, or from now on with null. A subscription of the same subscriber
   * to the same stream is replaced at once. Answers to joins of one stream come in their order.
   * Rejects with what the broker threw; then there is no subscription.
   */
  async join(subscriber: Subscriber, stream: string, from: Position | null): Promise<Joined> {
    if (this.isClosed) throw new Error('openline: the hub is closed; nothing can be joined.');
    const subscription = this.subscribe(subscriber, this.stream(stream));
    const { follower } = subscription;
    try {
      return await follower.inOrder(stream, this.answer(subscription, from));
    } finally {
      this.dropIfIdle(follower);
    }
  }

  /** RECOVER. An index that is not the subscriber's, or has stopped, is ignored. */
  recover(subscriber: Subscriber, index: number, position: Position): void {
    for (const subscription of this.followers.get(subscriber)?.subscriptions.values() ?? []) {
      if (subscription.index === index) subscription.recover(position);
    }
  }

  leave(subscriber: Subscriber, stream: string): void {
    const follower = this.followers.get(subscriber);
    const subscription = follower?.subscriptions.get(stream);
    if (follower === undefined || subscription === undefined) return;
    this.end(subscription);
    this.dropIfIdle(follower);
  }

  /** The connection is gone. */
  leaveAll(subscriber: Subscriber): void {
    const follower = this.followers.get(subscriber);
    if (follower === undefined) return;
    this.followers.delete(subscriber);
    for (const subscription of [...follower.subscriptions.values()]) this.end(subscription);
  }

  /** `subscriber.unsent` has become less. Cheap when nothing waits for it. */
  drained(subscriber: Subscriber): void {
    const follower = this.followers.get(subscriber);
    if (follower?.isLagging === true && hasDrained(subscriber.unsent)) follower.resume();
  }

  /**
   * Publishes JSON in UTF-8, which nobody may write into afterwards. Throws RangeError for a
   * payload above `publicationBytesMax`, and throws or rejects with what the broker does.
   */
  publish(
    stream: string,
    payload: Uint8Array,
    options?: BrokerPublishOptions,
  ): Position | Promise<Position> {
    if (payload.length > this.publicationBytesMax) {
      const text = `a publication of ${payload.length} bytes is more than the limit`;
      const remedy = `publish it in parts, or raise publicationBytesMax`;
      throw new RangeError(`openline: ${text} of ${this.publicationBytesMax}; ${remedy}.`);
    }
    return this.broker.publish(stream, payload, options);
  }

  position(stream: string): Position | Promise<Position> {
    return this.broker.position(stream);
  }

  /** Lets go of all subscribers and timers, and tells nobody. The broker is left open. */
  close(): void {
    this.isClosed = true;
    for (const subscriber of [...this.followers.keys()]) this.leaveAll(subscriber);
    for (const stream of this.streams.values()) stream.close();
    this.streams.clear();
    this.lingering.clear();
    this.flusher.close();
    if (this.lingerTimer !== null) clearTimeout(this.lingerTimer);
  }

  private follower(subscriber: Subscriber): Follower {
    let follower = this.followers.get(subscriber);
    if (follower === undefined) {
      const letGo = (gone: Subscriber): void => this.leaveAll(gone);
      follower = new Follower(subscriber, this.flusher, letGo, this.readBudget);
      this.followers.set(subscriber, follower);
    }
    return follower;
  }

  private dropIfIdle(follower: Follower): void {
    const { subscriber } = follower;
    if (follower.isIdle && this.followers.get(subscriber) === follower) {
      this.followers.delete(subscriber);
    }
  }

  private subscribe(subscriber: Subscriber, stream: HubStream): Subscription {
    const follower = this.follower(subscriber);
    const replaced = follower.subscriptions.get(stream.name);
    if (replaced !== undefined) this.end(replaced);
    const index = stream.isRetired(subscriber) ? ++this.newestIndex : stream.index;
    const subscription = new Subscription(follower, stream, index);
    stream.subscriptions.add(subscription);
    follower.subscriptions.set(stream.name, subscription);
    this.lingering.delete(stream);
    return subscription;
  }

  private stream(name: string): HubStream {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = new HubStream(name, ++this.newestIndex, this.broker, this.flusher);
      this.streams.set(name, stream);
    }
    return stream;
  }

  private async answer(subscription: Subscription, from: Position | null): Promise<Joined> {
    const { stream, index } = subscription;
    let history: History;
    try {
      history = await this.ask(subscription, from);
    } catch (error) {
      const { follower } = subscription;
      if (follower.subscriptions.get(stream.name) === subscription) {
        this.leave(follower.subscriber, stream.name);
      }
      throw error;
    }
    const { epoch, top, entries } = history;
    subscription.answer(history, from === null ? top : from[1]);
    const start = (): void => subscription.start();
    return { index, epoch, top, recovered: entries !== null, start };
  }

  private async ask(subscription: Subscription, from: Position | null): Promise<History> {
    const { follower, stream } = subscription;
    if (from === null) {
      const [epoch, top] = await this.broker.position(stream.name);
      return { epoch, top, entries: [] };
    }
    const waitMs = follower.readsInMs;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
    const reading = this.broker.read(stream.name, from);
    const history = reading instanceof Promise ? await reading : reading;
    follower.hasRead(history.entries?.length ?? 0);
    return history;
  }

  private end(subscription: Subscription): void {
    const { follower, stream } = subscription;
    subscription.leave();
    follower.subscriptions.delete(stream.name);
    stream.subscriptions.delete(subscription);
    stream.retire(follower.subscriber);
    if (stream.subscriptions.size > 0 || this.isClosed) return;
    this.lingering.set(stream, performance.now() + lingerMs);
    if (this.lingering.size > lingeringMax) this.dropLingering(1);
    this.lingerTimer ??= setTimeout(() => this.endLinger(), lingerMs).unref();
  }

  private endLinger(): void {
    const now = performance.now();
    let due = 0;
    for (const at of this.lingering.values()) {
      if (at > now) break;
      due++;
    }
    this.dropLingering(due);
    this.lingerTimer =
      this.lingering.size === 0 ? null : setTimeout(() => this.endLinger(), lingerMs).unref();
  }

  private dropLingering(count: number): void {
    for (const stream of [...this.lingering.keys()].slice(0, count)) {
      this.lingering.delete(stream);
      this.streams.delete(stream.name);
      stream.close();
    }
  }
}
