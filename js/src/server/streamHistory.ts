import type { Entry } from './broker.js';
import { Deque } from './deque.js';

export interface HistoryLimits {
  /**
   * Entries that are kept for `ttlMs`; more of them when more have come within 10 s.
   * @default 1000
   */
  readonly size: number;
  /**
   * How long they are kept, in ms, and never less than 10 s.
   * @default 300_000
   */
  readonly ttlMs: number;
  /**
   * Entries of a stream, superseded ones included, that are kept in any case.
   * @default 1_000_000
   */
  readonly entriesMax: number;
  /**
   * Bytes of a stream: payloads and keys, and 100 for each entry.
   * @default 64 MiB
   */
  readonly bytesMax: number;
  /**
   * Keys of a stream whose newest entry is kept; the one that has been silent for longest goes.
   * @default 100_000
   */
  readonly keysMax: number;
}

/** How much `memoryBroker` keeps; what is left out keeps its default. */
export type HistoryOptions = {
  readonly [Name in keyof HistoryLimits]?: HistoryLimits[Name] | undefined;
};

/** With the defaults where nothing is said. */
export function historyLimits(limits: HistoryOptions): HistoryLimits {
  return {
    size: limits.size ?? 1_000,
    ttlMs: limits.ttlMs ?? 300_000,
    entriesMax: limits.entriesMax ?? 1_000_000,
    bytesMax: limits.bytesMax ?? 64 * 1024 * 1024,
    keysMax: limits.keysMax ?? 100_000,
  };
}

/** What came within this time is kept, whatever the rate. */
export const recentMs = 10_000;

const entryOverhead = 100;

/** A place in the log. Its entry is gone when a newer one of its key has superseded it. */
interface Kept {
  readonly at: number;
  entry: Entry | null;
}

/** Of all streams without keys, and never written to: an empty Map of each would take 174 bytes. */
const noKeys = new Map<string, Kept>();

/**
 * What is known of the past of one stream: a log of all recent entries, and the newest entry of
 * each key. It answers a position when nothing after it was let go but superseded entries. It has
 * no timer: `prune` when it is touched.
 */
export class StreamHistory {
  /** The newest offset. */
  top = 0;
  /** Offsets from `top - log.length + 1` on, without holes. */
  private readonly log = new Deque<Kept>();
  /** In the order of offsets; entries may have left the log. */
  private newest = noKeys;
  /** The newest offset that was let go without being superseded. */
  private lostTo = 0;
  private bytes = 0;
  /** How many of the log were within `recentMs`, when last looked at, and at most. */
  private recent = 0;
  private recentPeak = 0;

  constructor(private readonly limits: HistoryLimits) {}

  /** Whether nothing is kept; only `top` is known then. */
  get isEmpty(): boolean {
    return this.log.length === 0 && this.newest.size === 0;
  }

  /** Whether time alone makes something go. */
  get isAgeing(): boolean {
    return this.log.length > 0;
  }

  append(key: string | null, payload: Uint8Array, now: number): Entry {
    const entry: Entry = { offset: this.top + 1, key, payload };
    const kept: Kept = { at: now, entry };
    this.top = entry.offset;
    this.bytes += bytesOf(entry);
    if (key !== null) this.supersede(key, kept);
    this.log.push(kept);
    this.recent++;
    this.prune(now);
    return entry;
  }

  /** What came after `offset`, without superseded entries; null when that is not known. */
  read(offset: number): Entry[] | null {
    if (offset > this.top || offset < this.lostTo) return null;
    const entries: Entry[] = [];
    const before = this.top - this.log.length;
    if (offset < before) {
      for (const { entry } of this.newest.values()) {
        if (entry === null || entry.offset <= offset) continue;
        if (entry.offset > before) break;
        entries.push(entry);
      }
    }
    const { length } = this.log;
    for (let place = Math.max(offset - before, 0); place < length; place++) {
      const entry = this.log.at(place)?.entry ?? null;
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  /** Lets go of what is too old or too much. */
  prune(now: number): void {
    const { log, limits } = this;
    while (this.recent > 0 && now - this.ageOf(log.length - this.recent) >= recentMs) {
      settle(log.at(log.length - this.recent));
      this.recent--;
    }
    this.recentPeak = Math.max(this.recentPeak, this.recent);
    const lengthMax = Math.min(Math.max(limits.size, this.recentPeak), limits.entriesMax);
    while (log.length > lengthMax) this.shift();
    while (log.length > this.recent && now - this.ageOf(0) >= limits.ttlMs) this.shift();
    while (this.newest.size > limits.keysMax) this.dropOldestKey();
    while (this.bytes > limits.bytesMax && !this.isEmpty) this.dropOldest();
    if (log.length === 0) this.recentPeak = 0;
  }

  private ageOf(place: number): number {
    return this.log.at(place)?.at ?? Number.POSITIVE_INFINITY;
  }

  private supersede(key: string, kept: Kept): void {
    const older = this.newest.get(key);
    if (older !== undefined) {
      if (older.entry !== null) this.bytes -= bytesOf(older.entry);
      older.entry = null;
      this.newest.delete(key);
    }
    if (this.newest === noKeys) this.newest = new Map();
    this.newest.set(key, kept);
  }

  /** The oldest of the log goes; what is the newest of its key stays. */
  private shift(): void {
    const kept = this.log.shift();
    const entry = kept?.entry ?? null;
    this.recent = Math.min(this.recent, this.log.length);
    if (entry !== null && entry.key === null) this.lose(entry);
    else settle(kept);
  }

  private dropOldestKey(): void {
    for (const [key, kept] of this.newest) {
      this.newest.delete(key);
      if (kept.entry !== null) this.lose(kept.entry);
      kept.entry = null;
      return;
    }
  }

  /** By offset: either a key that has left the log, or the first of the log. */
  private dropOldest(): void {
    const before = this.top - this.log.length;
    const [oldest] = this.newest.values();
    const hasLeftLog = oldest?.entry !== undefined && oldest.entry !== null;
    if (hasLeftLog && (oldest.entry?.offset ?? 0) <= before) this.dropOldestKey();
    else this.shift();
  }

  private lose(entry: Entry): void {
    this.bytes -= bytesOf(entry);
    this.lostTo = Math.max(this.lostTo, entry.offset);
  }
}

function bytesOf({ key, payload }: Entry): number {
  return payload.length + (key?.length ?? 0) + entryOverhead;
}

/**
 * Gives a payload that is kept for long memory of its own. Node cuts small buffers from slabs of
 * 8 KiB, and as long as one of them is in use, all of its slab is: keys that seldom change, among
 * others that often do, would hold 70 times their bytes.
 */
function settle(kept: Kept | undefined): void {
  const entry = kept?.entry ?? null;
  if (!kept || entry === null || entry.payload.buffer.byteLength === entry.payload.length) return;
  kept.entry = { ...entry, payload: new Uint8Array(entry.payload) };
}
