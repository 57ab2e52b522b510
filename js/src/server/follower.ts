import type { Flushable, Flusher } from './flusher.js';
import type { ReadBudget } from './readBudget.js';
import type { Run, Subscriber } from './subscriber.js';
import type { Subscription } from './subscription.js';
import { throwLater } from './throwLater.js';

/** A subscriber and what it is subscribed to. Faults of the subscriber end here. */
export class Follower implements Flushable {
  readonly subscriptions = new Map<string, Subscription>();
  /** Whether a subscription waits until the socket has drained. */
  isLagging = false;
  private hasTaken = false;
  /** The newest join of a stream whose answer is not there yet; null for none, to be small. */
  private joins: Map<string, Promise<unknown>> | null = null;

  /** @param letGo ends all subscriptions of the subscriber */
  constructor(
    readonly subscriber: Subscriber,
    private readonly flusher: Flusher,
    private readonly letGo: (subscriber: Subscriber) => void,
    private readonly budget: ReadBudget,
  ) {}

  get isIdle(): boolean {
    return this.subscriptions.size === 0 && this.joins === null;
  }

  /** How long it has to wait before the next history that it asks for, in ms. */
  get readsInMs(): number {
    return this.budget.waitMs(this.subscriber);
  }

  /** It has had so much of a history read. */
  hasRead(entries: number): void {
    this.budget.spend(this.subscriber, entries);
  }

  /** Answers `join` when it and the one before it have settled, whatever became of that one. */
  async inOrder<T>(stream: string, join: Promise<T>): Promise<T> {
    this.joins ??= new Map();
    const settled = Promise.allSettled([this.joins.get(stream), join]);
    this.joins.set(stream, settled);
    await settled;
    if (this.joins?.get(stream) === settled) this.joins.delete(stream);
    if (this.joins?.size === 0) this.joins = null;
    return join;
  }

  /** Lets those go on that waited until the socket has drained. */
  resume(): void {
    this.isLagging = false;
    for (const subscription of [...this.subscriptions.values()]) subscription.resume();
  }

  take(run: Run): void {
    this.hasTaken = true;
    this.flusher.touch(this);
    try {
      this.subscriber.take(run);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Nothing when it has taken nothing since the last time. */
  flush(): void {
    if (!this.hasTaken) return;
    this.hasTaken = false;
    try {
      this.subscriber.flush();
    } catch (error) {
      this.fail(error);
    }
  }

  resync(index: number, epoch: string, top: number): void {
    try {
      this.subscriber.resync(index, epoch, top);
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.letGo(this.subscriber);
    try {
      this.subscriber.fail(error);
    } catch (fault) {
      throwLater(fault);
    }
  }
}
