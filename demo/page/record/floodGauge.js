/** Checks a flood message by message, and how well the page breathes meanwhile. */
export class FloodGauge {
  #now;
  #flood = null;
  #startedAt = 0;
  #highest = 0;
  #seen = new Uint8Array(0);

  constructor(now) {
    this.#now = now;
  }

  get isRunning() {
    return this.#flood?.state === 'running';
  }

  /** The server's answer and the first message race each other; whichever comes first begins. */
  begin(id, of) {
    if (this.#flood?.id === id) return;
    this.#seen = new Uint8Array(of + 1);
    this.#startedAt = this.#now();
    this.#highest = 0;
    const counted = { received: 0, doubled: 0, outOfOrder: 0 };
    this.#flood = { id, of, ...counted, tookMs: 0, longestFrameMs: 0, state: 'running' };
  }

  note({ flood: id, n, of }) {
    this.begin(id, of);
    const flood = this.#flood;
    if (this.#seen[n]) {
      flood.doubled += 1;
      return;
    }
    this.#seen[n] = 1;
    if (n < this.#highest) flood.outOfOrder += 1;
    this.#highest = Math.max(this.#highest, n);
    flood.received += 1;
    flood.tookMs = this.#now() - this.#startedAt;
    if (flood.received === of) flood.state = 'complete';
  }

  frame(gapMs) {
    if (!this.isRunning) return;
    this.#flood.longestFrameMs = Math.max(this.#flood.longestFrameMs, gapMs);
  }

  closed() {
    if (this.isRunning) this.#flood.state = 'cut';
  }

  /** Null before the first flood. */
  snapshot() {
    return this.#flood && { ...this.#flood };
  }
}
