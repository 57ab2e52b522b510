/** What collects publications until the next round. */
export interface Flushable {
  flush(): void;
}

/** Under load a frame closes after this time. */
export const roundMs = 4;

/**
 * Says when publications leave: a lone one at the end of the present turn of the event loop, those
 * that come within 4 ms of a round together in the next one. There is one round for all streams and
 * connections, so that there is one timer, and each connection writes once a round.
 */
export class Flusher {
  private readonly waiting = new Set<Flushable>();
  private touched = new Set<Flushable>();
  private lastRoundAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;
  private immediate: NodeJS.Immediate | null = null;
  private isInRound = false;

  /** This stream has something for the next round. */
  request(stream: Flushable): void {
    this.waiting.add(stream);
    if (this.timer !== null || this.immediate !== null) return;
    const left = Math.round(this.lastRoundAt + roundMs - performance.now());
    if (left <= 0) this.immediate = setImmediate(this.round);
    else this.timer = setTimeout(this.round, left);
  }

  /** This connection has taken something, and is to write when all streams had their turn. */
  touch(connection: Flushable): void {
    this.touched.add(connection);
  }

  /** Lets connections write what they took outside a round, because a frame is full. */
  settle(): void {
    if (this.isInRound || this.touched.size === 0) return;
    const connections = this.touched;
    this.touched = new Set();
    for (const connection of connections) connection.flush();
  }

  close(): void {
    this.cancel();
    this.waiting.clear();
    this.touched.clear();
  }

  private readonly round = (): void => {
    this.cancel();
    this.lastRoundAt = performance.now();
    const streams = [...this.waiting];
    this.waiting.clear();
    this.isInRound = true;
    try {
      for (const stream of streams) stream.flush();
    } finally {
      this.isInRound = false;
    }
    this.settle();
  };

  private cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.immediate !== null) clearImmediate(this.immediate);
    this.timer = null;
    this.immediate = null;
  }
}
