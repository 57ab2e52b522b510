import type { Publications } from './coreStreams.js';
import { type Sieve, type SieveSpec, sieveOf } from './sieve.js';
import type { StreamListener } from './streamReader.js';

/** Passes on of a stream what counts, and runs of which nothing does not at all. */
export function sievedListener(spec: SieveSpec, listener: StreamListener): StreamListener {
  const sieve = sieveOf(spec);
  if (sieve === null) return listener;
  return {
    published: (batch) => {
      const sieved = new SievedBatch(batch, sieve);
      if (sieved.count > 0) listener.published(sieved);
    },
    changed: (status) => listener.changed?.(status),
  };
}

/** What counts of a batch; `epoch` and `last` say where the stream stands after all of it. */
class SievedBatch implements Publications {
  readonly epoch: string;
  readonly last: number;
  readonly run = 0;
  readonly skip = 0;
  private readonly read: readonly unknown[];

  constructor(batch: Publications, sieve: Sieve) {
    this.epoch = batch.epoch;
    this.last = batch.last;
    this.read = sieve(batch.values());
  }

  get count(): number {
    return this.read.length;
  }

  get bytes(): Uint8Array {
    return new TextEncoder().encode(this.read.map((value) => JSON.stringify(value)).join());
  }

  values(): readonly unknown[] {
    return this.read;
  }

  tail(count: number): Publications {
    return count >= this.count
      ? this
      : new SievedBatch(this, (values) => values.slice(this.count - count));
  }
}
