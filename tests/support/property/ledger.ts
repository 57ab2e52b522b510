/**
 * What is known of one line, from its first opening to its end: what its component asked it to
 * send, what was given to its sockets, what was dropped; what its server said, what was heard.
 */
export class Ledger {
  /** In the order of asking, and whether it was taken: sent or queued. */
  readonly asked: { readonly id: string; isTaken: boolean }[] = [];
  readonly refused = new Set<string>();
  readonly dropped = new Map<string, string>();
  /** What its sockets were given, in order. */
  readonly delivered: string[] = [];
  readonly said: string[] = [];
  readonly heard: string[] = [];
  /** What came as events of its WebSocket-shaped face. */
  readonly heardOnFace: string[] = [];
  /** What was `lastMessage`, in order. */
  readonly shown: string[] = [];
  /** Given to the present socket since something last came in from it. */
  sinceHeard = 0;
  /** The same of sockets that were lost, since the last outage was told. */
  lost = 0;
  /** When its attempts began, on the clock of the lines. */
  readonly attemptedAt: number[] = [];

  /** There is another socket: what the one before was given may not have arrived. */
  lose(): void {
    this.lost += this.sinceHeard;
    this.sinceHeard = 0;
  }

  /** The application ended the connection: it is not lost. */
  forgetLost(): void {
    this.lost = 0;
    this.sinceHeard = 0;
  }

  /** Everything that is not where it must be, once and in order; empty when all is well. */
  faults(queued: number): string[] {
    const kept = this.asked.filter(({ id, isTaken }) => isTaken && !this.dropped.has(id));
    const expected = kept.map(({ id }) => id).slice(0, this.delivered.length);
    const found: string[] = [];
    const claim = (isRight: boolean, text: () => string) => {
      if (!isRight) found.push(text());
    };
    claim(areEqual(this.delivered, expected), () => `sent ${this.delivered}, not ${expected}`);
    const waiting = kept.length - this.delivered.length;
    claim(waiting === queued, () => `${waiting} wait, but queued is ${queued}`);
    claim(areEqual(this.heard, this.said), () => `heard ${this.heard}, not ${this.said}`);
    claim(areEqual(this.heardOnFace, this.said), () => `face heard ${this.heardOnFace}`);
    for (const id of this.refused) {
      claim(!this.delivered.includes(id), () => `${id} was refused and sent`);
      const cause = this.dropped.get(id) ?? 'overflow';
      claim(cause === 'overflow', () => `${id} was refused and dropped: ${cause}`);
    }
    return found;
  }
}

export function areEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}
