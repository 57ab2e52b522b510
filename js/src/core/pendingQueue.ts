import { byteLength, type Sendable, sizeOf, snapshotOf } from './byteLength.js';

export interface PendingLimits {
  readonly queueMaxMessages: number;
  readonly queueMaxBytes: number;
}

/**
 * Messages sent before the core has been loaded, under the bounds that the core's outbox applies
 * from then on (wasm/openline/outbox). What does not fit is refused.
 */
export class PendingQueue {
  private values: Sendable[] = [];
  private bytes = 0;

  constructor(private readonly limits: PendingLimits) {}

  get size(): number {
    return this.values.length;
  }

  get byteSize(): number {
    return this.bytes;
  }

  push(value: Sendable): 'queued' | 'queue-messages' | 'queue-bytes' | 'unsendable' {
    const room = this.limits.queueMaxBytes - this.bytes;
    // First what is free to ask: a text that cannot fit is not encoded to be measured.
    if (sizeOf(value) > room) return 'queue-bytes';
    const bytes = byteLength(value);
    if (bytes > room) return 'queue-bytes';
    if (this.values.length >= this.limits.queueMaxMessages) return 'queue-messages';
    const kept = snapshotOf(value);
    if (kept === null) return 'unsendable';
    this.values.push(kept);
    this.bytes += bytes;
    return 'queued';
  }

  /** All that waited, oldest first; the queue is empty afterwards. */
  drain(): Sendable[] {
    const values = this.values;
    this.values = [];
    this.bytes = 0;
    return values;
  }
}
