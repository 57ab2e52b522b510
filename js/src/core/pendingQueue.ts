import { byteLength, type Sendable, sizeOf, snapshotOf } from './byteLength.js';
import { lineNow } from './host.js';

export interface PendingLimits {
  readonly queueMaxMessages: number;
  readonly queueMaxBytes: number;
  readonly queueTtlMs: number;
  readonly queueOverflow: 'refuse' | 'drop-oldest' | 'drop-newest';
}

type PendingDrop = 'closed' | 'expired' | 'overflow';
type PushFate = 'queued' | 'queue-messages' | 'queue-bytes' | 'unsendable';

interface Pending {
  readonly value: Sendable;
  readonly bytes: number;
  /** On the clock of the lines. */
  readonly since: number;
}

/**
 * Messages sent before the core has been loaded, under the bounds that the core's outbox applies
 * from then on (wasm/openline/outbox). What does not fit is refused. How long a message may wait is
 * looked at when the queue is touched, not by a timer.
 */
export class PendingQueue {
  private waiting: Pending[] = [];
  private bytes = 0;
  /** Dropped, and not told of yet. */
  private readonly gone: [Sendable, PendingDrop][] = [];

  /** @param dropped is told what had to go to make room, or has waited for too long */
  constructor(
    private readonly limits: PendingLimits,
    private readonly dropped: (value: Sendable, cause: PendingDrop) => void,
  ) {}

  get size(): number {
    return this.waiting.length;
  }

  get byteSize(): number {
    return this.bytes;
  }

  push(value: Sendable): PushFate {
    const fate = this.take(value);
    // Only now: what is sent by who is told comes behind it.
    this.tellDrops();
    return fate;
  }

  /** All that waited and how long, oldest first; the queue is empty afterwards. */
  drain(): { value: Sendable; ageMs: number }[] {
    this.dropExpired();
    this.tellDrops();
    const { waiting } = this;
    this.waiting = [];
    this.bytes = 0;
    return waiting.map(({ value, since }) => ({ value, ageMs: lineNow() - since }));
  }

  /** Nothing waits any more, and all that did is told of. */
  close(): void {
    this.dropExpired();
    for (const { value } of this.waiting) this.gone.push([value, 'closed']);
    this.waiting = [];
    this.bytes = 0;
    this.tellDrops();
  }

  private take(value: Sendable): PushFate {
    const { queueMaxMessages, queueMaxBytes, queueOverflow } = this.limits;
    this.dropExpired();
    const drops = queueOverflow === 'drop-oldest';
    const room = drops ? queueMaxBytes : queueMaxBytes - this.bytes;
    // First what is free to ask: a text that cannot fit is not encoded to be measured.
    if (sizeOf(value) > room) return 'queue-bytes';
    const bytes = byteLength(value);
    if (bytes > room) return 'queue-bytes';
    if (queueMaxMessages === 0 || (!drops && this.size >= queueMaxMessages)) {
      return 'queue-messages';
    }
    const kept = snapshotOf(value);
    if (kept === null) return 'unsendable';
    while (this.size >= queueMaxMessages || bytes > queueMaxBytes - this.bytes) {
      this.dropOldest('overflow');
    }
    this.waiting.push({ value: kept, bytes, since: lineNow() });
    this.bytes += bytes;
    return 'queued';
  }

  private dropExpired(): void {
    const oldest = lineNow() - this.limits.queueTtlMs;
    while (this.waiting[0] !== undefined && this.waiting[0].since <= oldest) {
      this.dropOldest('expired');
    }
  }

  private dropOldest(cause: 'expired' | 'overflow'): void {
    const { value, bytes } = this.waiting.shift() as Pending;
    this.bytes -= bytes;
    this.gone.push([value, cause]);
  }

  private tellDrops(): void {
    for (const [value, cause] of this.gone.splice(0)) this.dropped(value, cause);
  }
}
