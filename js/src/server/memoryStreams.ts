import { randomBytes } from 'node:crypto';
import type { History, Position, StreamListener } from './broker.js';
import { Listeners } from './listeners.js';
import { type HistoryLimits, StreamHistory } from './streamHistory.js';

/** A stream, its numbering and who watches it. */
class MemoryStream {
  /** 72 bits, so that no two numberings of a stream are ever taken for one. */
  readonly epoch = randomBytes(9).toString('base64url');
  readonly watchers = new Listeners<Parameters<StreamListener>>();
  readonly history: StreamHistory;

  constructor(
    limits: HistoryLimits,
    public touchedAt: number,
  ) {
    this.history = new StreamHistory(limits);
  }

  get position(): Position {
    return [this.epoch, this.history.top];
  }

  publish(key: string | null, payload: Uint8Array, now: number): Position {
    const entry = this.history.append(key, payload, now);
    this.watchers.call(this.epoch, entry);
    return [this.epoch, entry.offset];
  }

  read([epoch, offset]: Position, now: number): History {
    this.history.prune(now);
    const entries = epoch === this.epoch ? this.history.read(offset) : null;
    return { epoch: this.epoch, top: this.history.top, entries };
  }
}

/** One look each, and no more streams than this at a time, so that no look blocks the process. */
const sweepMs = 1_000;
const sweepStreamsMax = 2_000;

/** At least this long a position of a stream without history stays good. */
const idleMsMin = 60_000;

/** The streams of a memory broker, and what lets go of them. */
export class MemoryStreams {
  /** Those touched longest ago first, give or take a second. */
  private readonly streams = new Map<string, MemoryStream>();
  private watched = 0;
  private sweep: NodeJS.Timeout | null = null;
  private round: Iterator<[string, MemoryStream]> | null = null;
  private leftOfRound = 0;
  private isSweepNeeded = false;

  constructor(
    private readonly limits: HistoryLimits,
    private readonly streamsMax: number,
    private readonly now: () => number,
  ) {}

  /** Throws Error when there are too many, and all are watched. */
  open(name: string): MemoryStream {
    const now = this.now();
    this.sweep ??= setInterval(() => this.look(), sweepMs).unref();
    this.isSweepNeeded = true;
    const known = this.streams.get(name);
    if (known !== undefined && now - known.touchedAt < sweepMs) return known;
    if (known === undefined) this.makeRoom(now);
    const stream = known ?? new MemoryStream(this.limits, now);
    this.moveToEnd(name, stream, now);
    return stream;
  }

  watch(name: string, listener: StreamListener): () => void {
    const stream = this.open(name);
    const stop = stream.watchers.add(listener);
    if (stream.watchers.size === 1) this.watched++;
    let isStopped = false;
    return () => {
      if (isStopped) return;
      isStopped = true;
      stop();
      if (stream.watchers.size > 0) return;
      this.watched--;
      if (this.streams.get(name) === stream) this.open(name);
    };
  }

  close(): void {
    for (const { watchers } of this.streams.values()) watchers.clear();
    this.streams.clear();
    this.stopSweep();
  }

  private moveToEnd(name: string, stream: MemoryStream, now: number): void {
    stream.touchedAt = now;
    this.streams.delete(name);
    this.streams.set(name, stream);
  }

  private makeRoom(now: number): void {
    if (this.streams.size < this.streamsMax) return;
    if (this.watched < this.streams.size) {
      for (const [name, stream] of this.streams) {
        this.streams.delete(name);
        if (stream.watchers.size === 0) return;
        this.moveToEnd(name, stream, now);
      }
    }
    const text = `all ${this.streamsMax} streams are watched`;
    throw new Error(`openline: ${text}; raise streamsMax of memoryBroker for another one.`);
  }

  private look(): void {
    const now = this.now();
    for (let looked = 0; looked < sweepStreamsMax; looked++) {
      if (this.round === null || this.leftOfRound === 0) {
        if (this.round !== null && !this.isSweepNeeded) this.stopSweep();
        if (looked > 0 || this.sweep === null) return;
        this.beginRound();
      }
      this.leftOfRound--;
      const next = this.round?.next();
      if (next?.done !== false) this.leftOfRound = 0;
      else this.visit(next.value[0], next.value[1], now);
    }
  }

  private beginRound(): void {
    this.round = this.streams.entries();
    this.leftOfRound = this.streams.size;
    this.isSweepNeeded = false;
  }

  private visit(name: string, stream: MemoryStream, now: number): void {
    const { history, watchers } = stream;
    history.prune(now);
    const idleMs = Math.max(this.limits.ttlMs, idleMsMin);
    const isIdle = history.isEmpty && watchers.size === 0;
    if (isIdle && now - stream.touchedAt >= idleMs) this.streams.delete(name);
    else if (isIdle || history.isAgeing) this.isSweepNeeded = true;
  }

  private stopSweep(): void {
    if (this.sweep !== null) clearInterval(this.sweep);
    this.sweep = null;
    this.round = null;
  }
}
