import { type Pending, PendingQueue } from './pendingQueue.js';

/** A queue that is emptied message by message, because its socket may take only some. */
export class SendQueue extends PendingQueue {
  constructor(queueMaxMessages: number, queueMaxBytes: number) {
    // What is refused is told by who pushed it, and nothing expires.
    const queueTtlMs = Number.POSITIVE_INFINITY;
    super({ queueMaxMessages, queueMaxBytes, queueTtlMs, queueOverflow: 'refuse' }, () => {});
  }

  /** There must be one. */
  takeOldest(): Pending {
    const [oldest] = this.takeOff(1);
    return oldest as Pending;
  }

  /** What was just taken, and still waits. */
  putBack(oldest: Pending): void {
    this.waiting.unshift(oldest);
    this.bytes += oldest.bytes;
  }
}
