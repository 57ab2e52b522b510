import type { Publications } from './coreStreams.js';
import { OpenlineError } from './openlineError.js';
import type { Position } from './position.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** A run of publications, where it lies in its frame. */
export class Batch implements Publications {
  readonly epoch: string;
  readonly last: number;
  private parsed: readonly unknown[] | null = null;

  readonly skip = 0;

  /**
   * @param bytes the JSON of the publications, parted by commas
   * @param run what the core calls it
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly count: number,
    private readonly at: Position,
    readonly run = 0,
  ) {
    [this.epoch, this.last] = at;
  }

  values(): readonly unknown[] {
    this.parsed ??= this.parse();
    return this.parsed;
  }

  tail(count: number): Publications {
    return count >= this.count ? this : new BatchTail(this, count);
  }

  private parse(): readonly unknown[] {
    let cause: unknown;
    try {
      // All of them at once: 1.5 to 3 times as fast as one by one.
      const values: unknown[] = JSON.parse(`[${decoder.decode(this.bytes)}]`);
      if (values.length === this.count) return values;
    } catch (error) {
      cause = error;
    }
    const [epoch, last] = this.at;
    throw new OpenlineError(
      'protocol',
      `the ${this.count} publications up to ${last} of epoch ${epoch} are no JSON; publish by ` +
        "openline/server's publish(), which makes it",
      cause,
    );
  }
}

/** The newest of a run, for a reader that has the others. */
class BatchTail implements Publications {
  readonly epoch: string;
  readonly last: number;
  readonly run: number;
  readonly skip: number;
  private cut: readonly unknown[] | null = null;

  constructor(
    private readonly whole: Publications,
    readonly count: number,
  ) {
    this.epoch = whole.epoch;
    this.last = whole.last;
    this.run = whole.run;
    this.skip = whole.skip + whole.count - count;
  }

  get bytes(): Uint8Array {
    return new TextEncoder().encode(
      this.values()
        .map((value) => JSON.stringify(value))
        .join(),
    );
  }

  values(): readonly unknown[] {
    this.cut ??= this.whole.values().slice(this.whole.count - this.count);
    return this.cut;
  }

  tail(count: number): Publications {
    return count >= this.count ? this : new BatchTail(this.whole, count);
  }
}
