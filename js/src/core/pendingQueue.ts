import { byteLength, type Outbound, sizeOf, snapshotOf } from './byteLength.js';
import { lineNow } from './host.js';

export interface PendingLimits {
  readonly queueMaxMessages: number;
  readonly queueMaxBytes: number;
  readonly queueTtlMs: number;
  readonly queueOverflow: 'refuse' | 'drop-oldest' | 'drop-newest';
}

type PendingDrop = 'closed' | 'expired' | 'overflow';

export interface Pending {
  readonly value: Outbound;
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
  protected bytes = 0;
  protected readonly waiting: Pending[] = [];
  /** Dropped, and not told of yet. */
  private readonly gone: [Outbound, PendingDrop][] = [];

  /** @param dropped is told what had to go to make room, or has waited for too long */
  constructor(
    private readonly limits: PendingLimits,
    private readonly dropped: (value: Outbound, cause: PendingDrop) => void,
  ) {}

  get size(): number {
    return this.waiting.length;
  }

  get byteSize(): number {
    return this.bytes;
  }

  push(value: Outbound): 'queued' | 'queue-messages' | 'queue-bytes' | 'unsendable' {
    this.dropExpired();
    const fate = this.add(value);
    // Only now: what is sent by who is told comes behind it.
    this.tellDrops();
    return fate;
  }

  /** All that waited and how long, oldest first; the queue is empty afterwards. */
  drain(): { value: Outbound; ageMs: number }[] {
    this.dropExpired();
    this.tellDrops();
    this.bytes = 0;
    return this.waiting.splice(0).map(({ value, since }) => ({ value, ageMs: lineNow() - since }));
  }

  /** Nothing waits any more, and all that did is told of. */
  close(): void {
    this.dropExpired();
    this.drop(this.size, 'closed');
    this.tellDrops();
  }

  private add(value: Outbound): ReturnType<PendingQueue['push']> {
    const { queueMaxMessages, queueMaxBytes, queueOverflow } = this.limits;
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
      this.drop(1, 'overflow');
    }
    this.waiting.push({ value: kept, bytes, since: lineNow() });
    this.bytes += bytes;
    return 'queued';
  }

  private dropExpired(): void {
    const oldest = lineNow() - this.limits.queueTtlMs;
    const kept = this.waiting.findIndex(({ since }) => since > oldest);
    this.drop(kept < 0 ? this.size : kept, 'expired');
  }

  /** That many of the oldest. */
  private drop(count: number, cause: PendingDrop): void {
    for (const { value } of this.takeOff(count)) this.gone.push([value, cause]);
  }

  /** That many of the oldest, which wait no more. */
  protected takeOff(count: number): Pending[] {
    const taken = this.waiting.splice(0, count);
    for (const { bytes } of taken) this.bytes -= bytes;
    return taken;
  }

  private tellDrops(): void {
    for (const [value, cause] of this.gone.splice(0)) this.dropped(value, cause);
  }
}
