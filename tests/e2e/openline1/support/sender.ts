import type { LineReceipt } from '../../../../js/src/core/openedLine.js';
import type { Settlement } from '../../../../js/src/core/settlement.js';

const TICK_MS = 10;
/** So often the handler refuses a message, and so often it fails at the first try. */
const REJECTED_EVERY = 97;
const FAILING_EVERY = 701;

export interface SentMessage {
  readonly n: number;
  readonly rejects: boolean;
  readonly fails: boolean;
}

export function isRejected(n: number): boolean {
  return n % REJECTED_EVERY === 0;
}

/** The message after `n` that the handler takes. */
export function takenAfter(n: number): number {
  return isRejected(n + 1) ? n + 2 : n + 1;
}

/** Sends numbered messages at a rate, and judges what becomes of them. */
export class Sender {
  sent = 0;
  settled = 0;
  replies = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly send: (message: SentMessage) => LineReceipt,
    private readonly blame: (what: string) => void,
  ) {}

  start(perSecond: number): void {
    const startedAt = performance.now();
    this.timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1_000) * perSecond;
      while (this.sent < due) this.sendNext();
    }, TICK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  sendNext(): void {
    this.sent += 1;
    const n = this.sent;
    const { state, reason, settled } = this.send({
      n,
      rejects: isRejected(n),
      fails: n % FAILING_EVERY === 0,
    });
    if (state === 'refused') this.blame(`message ${n} was refused: ${reason.message}`);
    void settled.then((settlement) => this.judge(n, settlement));
  }

  private judge(n: number, settlement: Settlement): void {
    this.settled += 1;
    if (n !== this.settled) this.blame(`message ${n} was settled as the ${this.settled}th`);
    if (isRejected(n)) {
      const isSo = settlement.outcome === 'rejected' && settlement.text === `not ${n}`;
      if (!isSo) this.blame(`message ${n} was to be rejected: ${JSON.stringify(settlement)}`);
      return;
    }
    if (settlement.outcome !== 'acked') {
      this.blame(`message ${n} became ${JSON.stringify(settlement)}`);
      return;
    }
    // A reply may be lost with its connection, but is never another one's.
    const { value } = settlement;
    if (value === undefined) return;
    this.replies += 1;
    if ((value as { n?: unknown }).n !== n) this.blame(`message ${n} got ${JSON.stringify(value)}`);
  }
}
