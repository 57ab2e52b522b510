import type { Flushable, Flusher } from './flusher.js';
import type { Run, Subscriber } from './subscriber.js';
import type { Subscription } from './subscription.js';

/** A subscriber and what it is subscribed to. Faults of the subscriber end here. */
export class Follower implements Flushable {
  readonly subscriptions = new Map<string, Subscription>();
  /** Those that wait until the socket has drained. */
  readonly lagging = new Set<Subscription>();
  /** The newest join of a stream whose answer is not there yet. */
  readonly joins = new Map<string, Promise<unknown>>();

  constructor(
    readonly subscriber: Subscriber,
    private readonly flusher: Flusher,
    private readonly letGo: (subscriber: Subscriber) => void,
  ) {}

  take(run: Run): void {
    this.flusher.touch(this);
    this.guard(() => this.subscriber.take(run));
  }

  flush(): void {
    this.guard(() => this.subscriber.flush());
  }

  resync(index: number, epoch: string, top: number): void {
    this.guard(() => this.subscriber.resync(index, epoch, top));
  }

  fail(error: unknown): void {
    this.letGo(this.subscriber);
    this.subscriber.fail(error);
  }

  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.fail(error);
    }
  }
}
