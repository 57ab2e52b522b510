import type { Flushable, Flusher } from './flusher.js';
import type { Run, Subscriber } from './subscriber.js';
import type { Subscription } from './subscription.js';
import { throwLater } from './throwLater.js';

/** A subscriber and what it is subscribed to. Faults of the subscriber end here. */
export class Follower implements Flushable {
  readonly subscriptions = new Map<string, Subscription>();
  /** Those that wait until the socket has drained. */
  readonly lagging = new Set<Subscription>();
  /** The newest join of a stream whose answer is not there yet. */
  readonly joins = new Map<string, Promise<unknown>>();

  /** @param letGo ends all subscriptions of the subscriber */
  constructor(
    readonly subscriber: Subscriber,
    private readonly flusher: Flusher,
    private readonly letGo: (subscriber: Subscriber) => void,
  ) {}

  get isIdle(): boolean {
    return this.subscriptions.size === 0 && this.joins.size === 0;
  }

  take(run: Run): void {
    this.flusher.touch(this);
    try {
      this.subscriber.take(run);
    } catch (error) {
      this.fail(error);
    }
  }

  flush(): void {
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
