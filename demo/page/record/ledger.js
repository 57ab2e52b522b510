/** How many messages are shown. */
export const rowsMax = 200;
/** How many may be without an echo; beyond that a message is refused, never forgotten. */
export const pendingMax = 2000;

/**
 * Accounts for every message: each is numbered, and the echo of that number is expected once
 * and in order. It knows neither React nor the line, and asks `now` for the time.
 */
export class Ledger {
  counts = { sent: 0, echoed: 0, lost: 0, doubled: 0, outOfOrder: 0, refused: 0, dropped: 0 };
  /** How many have no echo yet, by where they are. */
  pending = { waiting: 0, sent: 0 };
  #now;
  #entries = new Map();
  #lastSeq = 0;
  #highestEchoed = 0;

  constructor(now) {
    this.#now = now;
  }

  /** Numbers `text`, hands it to `send`, and answers what became of it. */
  add(text, send) {
    this.#lastSeq += 1;
    const seq = this.#lastSeq;
    const receipt = this.#isFull() ? overfull : send(encode(seq, text));
    const entry = { seq, text, at: this.#now(), state: 'new' };
    if (receipt.state === 'refused') {
      this.counts.refused += 1;
      this.#change(entry, 'refused', { reason: receipt.reason });
    } else {
      this.counts.sent += 1;
      this.#change(entry, receipt.state === 'queued' ? 'waiting' : 'sent');
    }
    this.#prune();
    return receipt.state;
  }

  echo(seq) {
    const entry = this.#entries.get(seq);
    // An entry that is gone was settled long ago, so this is its second echo.
    if (!entry || entry.state === 'echoed') {
      this.counts.doubled += 1;
      return;
    }
    if (entry.state === 'lost') this.counts.lost -= 1;
    if (seq < this.#highestEchoed) this.counts.outOfOrder += 1;
    this.counts.echoed += 1;
    this.#change(entry, 'echoed', { tookMs: this.#now() - entry.at });
    this.#highestEchoed = Math.max(this.#highestEchoed, seq);
    // The line keeps the order, so whatever left before this one is not coming.
    this.#lose((other) => other.seq < seq);
  }

  /** The line gave it back unsent, for example because it was closed while the message waited. */
  drop(seq) {
    const entry = this.#entries.get(seq);
    if (!entry || !isPending(entry.state)) return;
    this.counts.dropped += 1;
    this.#change(entry, 'dropped');
  }

  /** Answers how many messages had been waiting and are on their way now. */
  opened() {
    const waiting = this.#waiting();
    for (const entry of waiting) this.#change(entry, 'sent');
    return waiting.length;
  }

  /** What left through a line that closed will not be echoed any more. */
  closed() {
    this.#lose(() => true);
  }

  /** Another line took its place: what waited for the old one is gone. Answers how much that is. */
  replaced() {
    this.closed();
    const waiting = this.#waiting();
    for (const { seq } of waiting) this.drop(seq);
    return waiting.length;
  }

  /** Newest first. */
  rows() {
    return [...this.#entries.values()].slice(-rowsMax).reverse();
  }

  #waiting() {
    return [...this.#entries.values()].filter(({ state }) => state === 'waiting');
  }

  /** A new object for each change, so that only its row is rendered again. */
  #change(entry, state, more) {
    if (isPending(entry.state)) this.pending[entry.state] -= 1;
    if (isPending(state)) this.pending[state] += 1;
    this.#entries.set(entry.seq, { ...entry, ...more, state });
  }

  #isFull() {
    return this.pending.waiting + this.pending.sent >= pendingMax;
  }

  #lose(belongs) {
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'sent' || !belongs(entry)) continue;
      this.#change(entry, 'lost');
      this.counts.lost += 1;
    }
  }

  #prune() {
    for (const [seq, { state }] of this.#entries) {
      if (this.#entries.size <= rowsMax) return;
      if (!isPending(state)) this.#entries.delete(seq);
    }
  }
}

function encode(seq, text) {
  return JSON.stringify({ seq, text });
}

const overfull = {
  state: 'refused',
  reason: new Error(`${pendingMax} messages are without an echo already.`),
};

function isPending(state) {
  return state === 'waiting' || state === 'sent';
}
