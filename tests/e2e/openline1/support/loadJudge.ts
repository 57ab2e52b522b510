import type { Loaded, Reading } from '../../pages/readOn.js';
import type { ChildServer } from './childServer.js';

/** Clocks of two processes of one machine. */
const CLOCKS_MS = 5;

interface Truth {
  readonly board: readonly number[];
  readonly boardAt: readonly number[];
  readonly log: readonly number[];
}

export interface Verdict {
  readonly faults: readonly string[];
  /** Entries of the log that were in the snapshot as well, which its key tells. */
  readonly droppedByKey: number;
  readonly publications: number;
  /** Publications that a newer one of their key made needless. */
  readonly conflated: number;
}

/** Knows all that was published, and compares with it what a page has got. */
export class LoadJudge {
  /** Key and version in turn, by offset - 1. */
  private readonly board: number[] = [];
  private readonly boardAt: number[] = [];
  private readonly log: number[] = [];
  /** The offset of a version of a row. */
  private readonly offsets = new Map<string, number>();

  constructor(private readonly server: ChildServer) {}

  /** Publications a second on each of the streams. */
  get perSecond(): number {
    const { boardAt } = this;
    const ms = (boardAt.at(-1) ?? 0) - (boardAt[0] ?? 0);
    return Math.round((boardAt.length / ms) * 1_000);
  }

  async judge(loaded: Loaded, reading: Reading): Promise<Verdict> {
    await this.learn();
    const faults = [...reading.errors];
    if (reading.resyncs > 0) faults.push(`${reading.resyncs} resyncs`);
    const conflated = this.judgeBoard(loaded, reading, (what) => faults.push(`board: ${what}`));
    const droppedByKey = this.judgeLog(loaded, reading, (what) => faults.push(`log: ${what}`));
    const publications = reading.board.length / 2 + reading.log.length;
    return { faults, droppedByKey, publications, conflated };
  }

  private async learn(): Promise<void> {
    const known = { board: this.boardAt.length, log: this.log.length };
    const { board, boardAt, log } = await this.server.ask<Truth>('truthAfter', known);
    // Another one may have asked the same meanwhile.
    const skip = this.boardAt.length - known.board;
    for (let i = skip; i < boardAt.length; i++) {
      const [key, version] = [board[2 * i] as number, board[2 * i + 1] as number];
      this.board.push(key, version);
      this.boardAt.push(boardAt[i] as number);
      this.offsets.set(`${key} ${version}`, this.boardAt.length);
    }
    this.log.push(...log.slice(this.log.length - known.log));
  }

  /** In order, each once; what is missing was replaced by a newer one before the line was there. */
  private judgeBoard(loaded: Loaded, reading: Reading, blame: (what: string) => void): number {
    const { at, value } = loaded.board;
    const { board, boardTo, grantedAt } = reading;
    const rows = new Map(value.map(({ key, version }) => [key, version]));
    const got = new Set<number>();
    let last = at[1];
    for (let i = 0; i < board.length; i += 2) {
      const [key, version] = [board[i] as number, board[i + 1] as number];
      const offset = this.offsets.get(`${key} ${version}`) ?? 0;
      if (offset <= last) blame(`offset ${offset} came after ${last}`);
      last = offset;
      got.add(offset);
      rows.set(key, version);
    }
    if (last > boardTo) blame(`offset ${last} came, and it says that it has read to ${boardTo}`);
    const grantedTop = this.boardAt.findLastIndex((time) => time <= grantedAt + CLOCKS_MS) + 1;
    const newer = new Map<number, number>();
    let conflated = 0;
    for (let offset = boardTo; offset > at[1]; offset--) {
      const key = this.board[2 * offset - 2] as number;
      if (!got.has(offset)) {
        conflated += 1;
        const by = newer.get(key) ?? Number.POSITIVE_INFINITY;
        if (by > grantedTop) blame(`offset ${offset} is missing, of key ${key}`);
      }
      newer.set(key, offset);
    }
    this.judgeRows(rows, boardTo, blame);
    return conflated;
  }

  /** Each row is as new as what was published up to where the page has read. */
  private judgeRows(rows: ReadonlyMap<number, number>, to: number, blame: (what: string) => void) {
    const due = new Map<number, number>();
    for (let i = 0; i < 2 * to; i += 2) {
      due.set(this.board[i] as number, this.board[i + 1] as number);
    }
    for (const [key, version] of due) {
      const shown = rows.get(key) ?? 0;
      if (shown < version) blame(`row ${key} has version ${shown} and should have ${version}`);
    }
  }

  /** The snapshot and what followed are all entries; those in both are told by their key. */
  private judgeLog(loaded: Loaded, reading: Reading, blame: (what: string) => void): number {
    const { at, value } = loaded.log;
    const published = this.log.slice(at[1], reading.logTo);
    const wrong = published.findIndex((id, i) => id !== reading.log[i]);
    if (wrong >= 0) {
      blame(`offset ${at[1] + wrong + 1} is ${reading.log[wrong]}, not ${published[wrong]}`);
    }
    if (reading.log.length !== published.length) {
      blame(`${reading.log.length} came of ${published.length}`);
    }
    const shown = new Set(value.map(({ id }) => id));
    if (shown.size !== value.length) blame('the loader read an entry twice');
    const oldest = value[0]?.id ?? 0;
    for (const id of this.log.slice(0, at[1])) {
      if (id < oldest || shown.has(id)) continue;
      blame(`entry ${id} was published before the snapshot and is not in it`);
    }
    return reading.log.filter((id) => shown.has(id)).length;
  }
}
