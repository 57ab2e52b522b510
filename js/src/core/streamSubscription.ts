import type { CoreStreams, Publications } from './coreStreams.js';
import { afterThisTask } from './host.js';
import type { Position } from './position.js';
import { type ReadStream, type StreamListener, StreamReader } from './streamReader.js';

/** Whom a subscription tells. */
export interface SubscriptionOwner {
  /** The core has it under this number from now on, and no longer under the other one. */
  numbered(subscription: StreamSubscription, before: number): void;
  /** Nobody reads it any more. */
  ended(subscription: StreamSubscription): void;
  /** Something of the stream is missing for some who read it: once for each gap. */
  lost(stream: string, top: Position): void;
  refused(stream: string, code: number, text: string): void;
}

/** The one subscription to a stream that all its readers on a line share. */
export class StreamSubscription implements ReadStream {
  /** What the core calls it; 0: it does not know it. */
  id = 0;
  private core: CoreStreams | null = null;
  private readonly readers = new Set<StreamReader>();
  /** What was asked for, then what came in. */
  private at: Position | null = null;
  /** `off`, `denied`: nothing comes in until somebody asks. */
  private state: 'off' | 'asked' | 'live' | 'denied' = 'off';
  /** Where those stood who had read on, when the stream was asked for from further back. */
  private resumeAt: Position | null = null;
  private cancelEnd = (): void => {};

  constructor(
    readonly stream: string,
    private readonly lingerMs: number,
    private readonly owner: SubscriptionOwner,
  ) {}

  /** @param at where the reader stands; null: from now on */
  read(listener: StreamListener, at: Position | null, isAnchored?: boolean): StreamReader {
    this.cancelEnd();
    const reader = new StreamReader(this, listener, at, isAnchored);
    this.readers.add(reader);
    this.admit(reader);
    return reader;
  }

  start(core: CoreStreams): void {
    this.core = core;
    if (this.state !== 'off') this.ask(this.at);
  }

  /** The core is gone. What was known is kept, and the next one goes on from there. */
  stop(): void {
    this.core = null;
    this.number(0);
  }

  /** The line is gone, and everything with it. */
  dispose(): void {
    this.cancelEnd();
    for (const reader of this.readers) reader.set('idle');
    this.readers.clear();
  }

  // For the readers.

  restart(reader: StreamReader): void {
    reader.set('subscribing');
    this.admit(reader);
  }

  remove(reader: StreamReader, lingerMs = this.lingerMs): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return;
    this.cancelEnd();
    this.cancelEnd = afterThisTask(() => this.end(), lingerMs);
  }

  // For the core's records.

  subscribed(at: Position): void {
    this.at = at;
    this.state = 'live';
    // What follows begins behind `at`, so those who stand before it, or elsewhere, have a gap.
    const reading = [...this.readers].filter(({ status }) => status !== 'resync');
    const lost = reading.filter((reader) => reader.at !== null && isBefore(reader.at, at));
    const { waiting, going } = part(reading, lost);
    for (const reader of going) if (lost.includes(reader)) reader.lose();
    for (const reader of going) reader.at ??= at;
    // Only now somebody is told, who may ask for something else.
    for (const reader of going) reader.set('live');
    for (const reader of waiting) reader.lose();
    if (lost.length > 0) this.owner.lost(this.stream, at);
  }

  published(batch: Publications): void {
    // Asked for anew by who was told of a run of the same frame: this one is of before that.
    if (this.state === 'live') {
      this.at = [batch.epoch, batch.last];
      if (this.resumeAt !== null && batch.last >= this.resumeAt[1]) this.resumeAt = null;
    }
    for (const reader of [...this.readers]) reader.take(batch);
  }

  resync(top: Position): void {
    if (this.readers.size === 0) {
      this.cancelEnd();
      this.end();
      return;
    }
    const { resumeAt } = this;
    this.resumeAt = null;
    this.state = 'off';
    // Only what was asked for from further back may be missing: the others go on where they were.
    const isLost = ({ at }: StreamReader) => at !== null && (!resumeAt || isBefore(at, resumeAt));
    const reading = [...this.readers].filter(({ status }) => status !== 'resync');
    const lost = reading.filter(isLost);
    const { waiting, going } = part(reading, lost);
    for (const reader of going) if (lost.includes(reader)) reader.lose();
    if (going.length > 0) this.ask(going.some(({ at }) => at !== null) ? resumeAt : null);
    // Only now somebody is told, who may have a newer snapshot at hand.
    for (const reader of waiting) reader.lose();
    if (lost.length > 0) this.owner.lost(this.stream, top);
  }

  denied(code: number, text: string): void {
    this.state = 'denied';
    this.resumeAt = null;
    // The core asks again on each connection, and is refused again.
    const told = [...this.readers].filter(({ status }) => status !== 'denied');
    for (const reader of told) reader.set('denied');
    if (told.length > 0) this.owner.refused(this.stream, code, text);
  }

  /** Sees to it that what the reader lacks comes in. */
  private admit(reader: StreamReader): void {
    const { at } = reader;
    if (this.state === 'off' || this.state === 'denied') {
      this.ask(at);
    } else if (at === null) {
      if (this.state === 'live') reader.at = this.at;
    } else if (!this.covers(at)) {
      this.resumeAt ??= this.at;
      this.ask(at);
    }
    if (this.state === 'live') reader.set('live');
  }

  /** Whether everything behind `at` is still to come. */
  private covers(at: Position): boolean {
    return this.at !== null && !isBefore(at, this.at);
  }

  private ask(at: Position | null): void {
    this.at = at;
    this.state = 'asked';
    const { core } = this;
    if (core === null) return;
    if (this.id !== 0) {
      core.resubscribe(this.id, at);
      return;
    }
    const id = core.subscribe(this.stream, at);
    // Stopped, on the way or before: the next one is asked.
    if (id === undefined || this.core !== core) return;
    this.number(id);
    if (id === 0) this.denied(0, 'the line has as many streams as it may have');
  }

  private number(id: number): void {
    const before = this.id;
    this.id = id;
    this.owner.numbered(this, before);
  }

  private end(): void {
    if (this.id !== 0) this.core?.unsubscribe(this.id);
    this.number(0);
    this.state = 'off';
    this.owner.ended(this);
  }
}

/** Of readers some of whom have a gap: those that wait for a snapshot, and those that go on. */
function part(
  reading: readonly StreamReader[],
  lost: readonly StreamReader[],
): { readonly waiting: readonly StreamReader[]; readonly going: readonly StreamReader[] } {
  const waiting = lost.filter(({ needsSnapshot }) => needsSnapshot);
  return { waiting, going: reading.filter((reader) => !waiting.includes(reader)) };
}

/** In another epoch nothing says what lies between. */
function isBefore(at: Position, than: Position): boolean {
  return at[0] !== than[0] || at[1] < than[1];
}
