/** Shorter than openline's own 24 s and 10 s, so that a visitor sees the heartbeat work. */
export const intervalMs = 5_000;
export const timeoutMs = 2_500;
/** The browser's timers and its clock may disagree by a little. */
const clockSlackMs = 100;
const ping = 'ping';

/**
 * When the server was last heard, and the pings. A ping is a message like any other, and so is
 * its echo, but neither is one of the visitor's: they are counted here and nowhere else.
 */
export class Pulse {
  #now;
  #heardAt = null;
  #askedAt = null;
  #asked = 0;
  #answered = 0;

  constructor(now) {
    this.#now = now;
  }

  /** The option `heartbeat` of the line. Any message counts as an answer: it comes from there. */
  heartbeat(onPing) {
    const message = () => {
      this.#asked += 1;
      this.#askedAt = this.#now();
      onPing();
      return ping;
    };
    return { message, intervalMs, timeoutMs, probeTimeoutMs: timeoutMs };
  }

  /** A new connection: its pings are counted anew. */
  opened() {
    this.heard();
    this.#asked = 0;
    this.#answered = 0;
  }

  /** Something came in; answers whether it was the echo of a ping. */
  heard(data) {
    this.#heardAt = this.#now();
    this.#askedAt = null;
    if (data !== ping) return false;
    this.#answered += 1;
    return true;
  }

  /** The connection is gone; answers whether that was because a ping had no answer in time. */
  ended() {
    const askedAt = this.#askedAt;
    this.#askedAt = null;
    return askedAt !== null && this.#now() - askedAt >= timeoutMs - clockSlackMs;
  }

  /** `askedAt` is null unless a ping waits for its answer; both are epoch milliseconds. */
  snapshot() {
    return {
      heardAt: this.#heardAt,
      askedAt: this.#askedAt,
      asked: this.#asked,
      answered: this.#answered,
    };
  }
}
