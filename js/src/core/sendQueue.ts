import type { Outbound } from './byteLength.js';
import { PendingQueue } from './pendingQueue.js';

/** A queue that is emptied message by message, because its socket may take only some. */
export class SendQueue extends PendingQueue {
  constructor(queueMaxMessages: number, queueMaxBytes: number) {
    // What is refused is told by who pushed it, and nothing expires.
    const queueTtlMs = Number.POSITIVE_INFINITY;
    super({ queueMaxMessages, queueMaxBytes, queueTtlMs, queueOverflow: 'refuse' }, () => {});
  }

  get oldest(): Outbound | undefined {
    return this.waiting[0]?.value;
  }

  removeOldest(): void {
    this.take(1);
  }
}
