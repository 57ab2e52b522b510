import { expect, vi } from 'vitest';
import type { Position } from '../../../js/src/server/broker.js';
import { Hub } from '../../../js/src/server/hub.js';
import type { Run, Subscriber } from '../../../js/src/server/subscriber.js';
import { parsed, payloadOf } from './payload.js';
import { ScriptedBroker } from './scriptedBroker.js';

/** A connection that writes down what it is given. */
export class NotedSubscriber implements Subscriber {
  unsent = 0;
  /** Added to `unsent` for each byte that is written. */
  isSlow = false;
  flushes = 0;
  readonly runs: Run[] = [];
  readonly resyncs: [number, string, number][] = [];
  readonly failures: unknown[] = [];
  private unwritten = 0;

  /** As `first-last: values`. */
  get shown(): string[] {
    return this.runs.map(({ first, last, entries }) => {
      const values = entries.map(({ payload }) => parsed(payload));
      return `${first}-${last}: ${values.join(' ')}`;
    });
  }

  take(run: Run): void {
    this.runs.push(run);
    if (this.isSlow) this.unwritten += run.bytes.length;
  }

  flush(): void {
    this.flushes++;
    this.unsent += this.unwritten;
    this.unwritten = 0;
  }

  resync(index: number, epoch: string, top: number): void {
    this.resyncs.push([index, epoch, top]);
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }
}

/** A hub on a scripted broker, in a time that the test moves. Ends with `end`. */
export class HubFixture {
  readonly broker = new ScriptedBroker();
  readonly hub = new Hub({ broker: this.broker });
  readonly subscriber = new NotedSubscriber();

  constructor() {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
    });
  }

  /** Nothing may be left running. */
  end(): void {
    this.hub.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  }

  /** Publishes, and lets the feed pass it on. */
  publish(value: unknown, key?: string, stream = 'board'): Position {
    const position = this.broker.publish(stream, payloadOf(value), { key });
    this.broker.feed();
    return position;
  }

  /** Joins and starts; the broker answers at once. */
  async join(from: Position | null = null, subscriber = this.subscriber, stream = 'board') {
    const join = this.hub.join(subscriber, stream, from);
    await this.answer();
    const joined = await join;
    joined.start();
    return joined;
  }

  /** Lets the broker answer all that it was asked, in no time. */
  async answer(): Promise<void> {
    do {
      this.broker.release(0);
      await vi.advanceTimersByTimeAsync(0);
    } while (this.broker.waitingCount > 0);
  }

  /** Long enough for a round. */
  async round(): Promise<void> {
    await vi.advanceTimersByTimeAsync(5);
  }
}
