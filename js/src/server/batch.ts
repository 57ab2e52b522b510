import type { Entry } from './broker.js';
import type { Run } from './subscriber.js';

/** A frame closes at this size; one publication that is larger has a frame of its own. */
export const frameBytesMax = 32 * 1024;

/** At most: its length (3 bytes up to 2 MiB) and a comma. */
export const entryOverheadMax = 4;

const batchOpcode = 11;
const comma = 0x2c;
/** Below this a loop is faster than `set`, which has to look at the types of both arrays. */
const loopBytesMax = 32;

/** A run that is laid out once, however many subscribers take it. */
export class SharedRun implements Run {
  readonly stream: string;
  readonly index: number;
  readonly first: number;
  readonly last: number;
  readonly entries: readonly Entry[];
  private made: Uint8Array | null = null;

  constructor({ stream, index, first, last, entries }: Omit<Run, 'bytes' | 'frame'>) {
    this.stream = stream;
    this.index = index;
    this.first = first;
    this.last = last;
    this.entries = entries;
  }

  get frame(): Uint8Array {
    this.made ??= encode(this);
    return this.made;
  }

  get bytes(): Uint8Array {
    return this.frame.subarray(1);
  }

  /** What of it comes from offset `first` on, under another index. */
  from(first: number, index: number): SharedRun {
    const entries =
      first === this.first ? this.entries : this.entries.filter(({ offset }) => offset >= first);
    const { stream, last } = this;
    return new SharedRun({ stream, index, first, last, entries });
  }
}

/** One BATCH frame with these runs in their order; of one run its own frame. */
export function batchFrame(runs: readonly [Run, ...Run[]]): Uint8Array {
  if (runs.length === 1) return runs[0].frame;
  const frame = Buffer.allocUnsafe(runs.reduce((size, run) => size + run.bytes.length, 1));
  frame[0] = batchOpcode;
  let at = 1;
  for (const { bytes } of runs) {
    frame.set(bytes, at);
    at += bytes.length;
  }
  return frame;
}

/**
 * Parts a run into runs of at most a frame each, which together cover what it covers. Nothing when
 * it covers no offset.
 */
export function* framesOf(run: Omit<Run, 'bytes' | 'frame'>): Generator<SharedRun> {
  const { stream, index, last: top, entries } = run;
  let { first } = run;
  let begin = 0;
  while (first <= top) {
    const end = frameEnd(entries, begin);
    const last = end === entries.length ? top : (entries[end - 1]?.offset ?? top);
    yield new SharedRun({ stream, index, first, last, entries: entries.slice(begin, end) });
    first = last + 1;
    begin = end;
  }
}

function frameEnd(entries: readonly Entry[], begin: number): number {
  let end = begin;
  let bytes = 0;
  for (let entry = entries[end]; entry !== undefined; entry = entries[end]) {
    bytes += entry.payload.length + entryOverheadMax;
    if (bytes > frameBytesMax && end > begin) break;
    end++;
  }
  return end;
}

function encode(run: Run): Uint8Array {
  const { index, first, last, entries } = run;
  const head = [index, first, last, entries.length];
  let size = 1 + Math.max(entries.length - 1, 0);
  for (const number of head) size += lebSize(number);
  for (const { payload } of entries) size += lebSize(payload.length) + payload.length;

  const frame = Buffer.allocUnsafe(size);
  frame[0] = batchOpcode;
  let at = 1;
  for (const number of head) at = writeLeb(frame, at, number);
  for (const { payload } of entries) at = writeLeb(frame, at, payload.length);
  const payloadsAt = at;
  for (const { payload } of entries) {
    if (at > payloadsAt) frame[at++] = comma;
    if (payload.length > loopBytesMax) frame.set(payload, at);
    else for (let i = 0; i < payload.length; i++) frame[at + i] = payload[i] as number;
    at += payload.length;
  }
  return frame;
}

/** Arithmetic, because shifts end at 32 bits. */
function lebSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

function writeLeb(frame: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest >= 128) {
    frame[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  frame[at++] = rest;
  return at;
}
