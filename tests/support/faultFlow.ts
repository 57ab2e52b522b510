import type { Socket } from 'node:net';

/** `up` is from the client to the server. */
export type Direction = 'up' | 'down';

export interface FlowConditions {
  readonly latencyMs?: number;
  readonly bytesPerSecond?: number;
  readonly sliceBytes?: number;
  /** Once true, nothing passes for ever. */
  readonly isBlackhole: boolean;
}

/** What waits for its time; without data it is the end of the stream. */
interface Piece {
  readonly data?: Buffer;
  readonly dueMs: number;
}

// Beyond this the source is not read, as a full buffer of a router would have it.
const WAITING_BYTES_MAX = 1024 * 1024;

/** Moves what one socket receives to another, one direction of a connection. */
export class Flow {
  private conditions: FlowConditions = { isBlackhole: false };
  private isDead = false;
  private hasEnded = false;
  private waiting: Piece[] = [];
  private waitingBytes = 0;
  private lastDueMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: Socket,
    private readonly sink: Socket,
    private readonly count: (bytes: number, isLost: boolean) => void,
  ) {
    source.on('data', (data) => this.take(data));
    source.on('end', () => this.end());
    source.on('error', () => this.fail());
    source.on('close', () => {
      // Closed without an end: a reset.
      if (!source.readableEnded) this.fail();
    });
    sink.on('drain', () => this.move());
    sink.on('close', () => this.drop());
  }

  set(conditions: FlowConditions): void {
    this.conditions = conditions;
    if (!conditions.isBlackhole || this.isDead) return;
    this.isDead = true;
    this.count(this.waitingBytes, true);
    this.drop();
  }

  /** Ends this direction after what is on its way; what the source still says is lost. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.push({ dueMs: this.dueAfter(0) });
    this.move();
  }

  private take(data: Buffer): void {
    if (this.isDead || this.hasEnded) {
      this.count(data.length, true);
      return;
    }
    const size = this.pieceSize() ?? data.length;
    for (let at = 0; at < data.length; at += size) {
      const piece = data.subarray(at, at + size);
      this.push({ data: piece, dueMs: this.dueAfter(piece.length) });
    }
    this.move();
  }

  private pieceSize(): number | undefined {
    const { sliceBytes, bytesPerSecond } = this.conditions;
    if (sliceBytes !== undefined || bytesPerSecond === undefined) return sliceBytes;
    return Math.ceil(bytesPerSecond / 20); // what passes in 50 ms
  }

  private dueAfter(bytes: number): number {
    const { latencyMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY } = this.conditions;
    const start = Math.max(performance.now() + latencyMs, this.lastDueMs);
    this.lastDueMs = start + (bytes / bytesPerSecond) * 1000;
    return this.lastDueMs;
  }

  private push(piece: Piece): void {
    if (this.isDead) return;
    this.waiting.push(piece);
    this.waitingBytes += piece.data?.length ?? 0;
    if (this.waitingBytes > WAITING_BYTES_MAX) this.source.pause();
  }

  /** Sends what waits and whose time has come, for as long as the sink takes it. */
  private move(): void {
    clearTimeout(this.timer);
    let [first] = this.waiting;
    let waitMs = 0;
    while (first !== undefined && waitMs === 0 && !this.sink.writableNeedDrain) {
      waitMs = Math.max(0, Math.ceil(first.dueMs - performance.now()));
      if (waitMs > 0) break;
      this.waiting.shift();
      this.send(first);
      [first] = this.waiting;
      // Each slice in a turn of its own, or the system would join them again.
      if (this.conditions.sliceBytes !== undefined) waitMs = 1;
    }
    if (first !== undefined && waitMs > 0) this.timer = setTimeout(() => this.move(), waitMs);
    if (this.waitingBytes <= WAITING_BYTES_MAX) this.source.resume();
  }

  private send({ data }: Piece): void {
    if (data === undefined) {
      this.sink.end();
      return;
    }
    this.waitingBytes -= data.length;
    this.count(data.length, false);
    this.sink.write(data);
  }

  /** Tells the sink of a reset, unless nothing gets there any more. */
  private fail(): void {
    if (this.isDead) return;
    this.drop();
    this.sink.resetAndDestroy();
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.waiting = [];
    this.waitingBytes = 0;
    this.source.resume();
  }
}
