import type { Publications } from '../../../../js/src/core/coreStreams.js';
import type { Position } from '../../../../js/src/core/position.js';

/** What every publication of the run says of itself: its number, which is its offset. */
export interface Numbered {
  readonly n: number;
  readonly key?: string;
}

type Blame = (what: string) => void;

/** A stream without keys: each publication once, in order, none left out. */
export class LogJudge {
  received = 0;
  /** Null: wherever it begins is right. */
  private last: number | null;

  constructor(
    private readonly blame: Blame,
    from: Position | null,
  ) {
    this.last = from?.[1] ?? null;
  }

  take(batch: Publications<Numbered>): void {
    for (const { n } of batch.values()) {
      this.received += 1;
      if (this.last !== null && n !== this.last + 1) this.blame(`${n} came after ${this.last}`);
      this.last = n;
    }
    if (batch.last !== this.last) {
      this.blame(`a batch that ends with ${this.last} says that it reaches to ${batch.last}`);
    }
  }
}

/** A stream with keys: in order, and in the end the newest of each key. */
export class BoardJudge {
  received = 0;
  private last = 0;
  private readonly board = new Map<string, number>();

  constructor(private readonly blame: Blame) {}

  take(batch: Publications<Numbered>): void {
    for (const { n, key = '' } of batch.values()) {
      this.received += 1;
      if (n <= this.last) this.blame(`${n} came after ${this.last}`);
      this.last = n;
      this.board.set(key, n);
    }
    if (batch.last < this.last) this.blame(`${this.last} came in a batch up to ${batch.last}`);
  }

  /** @param truth the newest number of each key */
  close(truth: ReadonlyMap<string, number>): void {
    for (const [key, n] of truth) {
      const known = this.board.get(key);
      if (known !== n) this.blame(`'${key}' is ${known} and should be ${n}`);
    }
  }
}

/**
 * A stream whose history is too short for an outage: what is missing was reported before, once, and
 * what was reported is missing.
 */
export class GapJudge {
  received = 0;
  gaps = 0;
  private last: number | null;
  private isLost = false;

  constructor(
    private readonly blame: Blame,
    from: Position | null,
  ) {
    this.last = from?.[1] ?? null;
  }

  resync(top: Position): void {
    this.gaps += 1;
    if (this.isLost) this.blame('a gap was reported twice');
    if (this.last !== null && top[1] <= this.last) {
      this.blame(`a gap was reported behind ${this.last} though the top is ${top[1]}`);
    }
    this.isLost = true;
  }

  /** The reader stands here now: by a snapshot, or because it was let in again from now on. */
  stand(at: Position): void {
    if (!this.isLost) return;
    if (this.last !== null && at[1] <= this.last) {
      this.blame(`a gap was reported, and it goes on behind ${at[1]} after ${this.last}`);
    }
    this.last = at[1];
    this.isLost = false;
  }

  take(batch: Publications<Numbered>): void {
    if (this.isLost) this.blame('it went on without a new position');
    for (const { n } of batch.values()) {
      this.received += 1;
      if (this.last !== null && n !== this.last + 1) this.blame(`${n} came after ${this.last}`);
      this.last = n;
    }
  }
}

/** What handlers published: of each line the messages that were taken, once and in order. */
export class HeardJudge {
  received = 0;
  private readonly last = new Map<string, number>();

  /** @param following the number of the message that is taken next */
  constructor(
    private readonly blame: Blame,
    private readonly following: (n: number) => number,
  ) {}

  take(batch: Publications<{ readonly user: string; readonly n: number }>): void {
    for (const { user, n } of batch.values()) {
      this.received += 1;
      const expected = this.following(this.last.get(user) ?? 0);
      if (n !== expected) this.blame(`of ${user} came ${n} where ${expected} was to come`);
      this.last.set(user, n);
    }
  }

  close(user: string, last: number): void {
    const known = this.last.get(user) ?? 0;
    if (this.following(known) <= last)
      this.blame(`of ${user} came all up to ${known}, not ${last}`);
  }
}
