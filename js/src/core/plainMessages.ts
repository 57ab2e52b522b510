import type { Publications } from './coreStreams.js';
import type { PlainMessage } from './plainMessage.js';
import { type Sieve, type SieveSpec, sieveOf } from './sieve.js';
import { type ReadStream, type StreamListener, StreamReader } from './streamReader.js';

/** The readers of a line without streams. They read while it is open, from now on. */
export class PlainMessages implements ReadStream {
  private readonly readers = new Map<StreamReader, Sieve | null>();
  private isLive = false;
  private count = 0;

  get isRead(): boolean {
    return this.readers.size > 0;
  }

  read(spec: SieveSpec, listener: StreamListener): StreamReader {
    const reader = new StreamReader(this, listener, null);
    this.readers.set(reader, sieveOf(spec));
    if (this.isLive) reader.set('live');
    return reader;
  }

  received(message: PlainMessage): void {
    this.count += 1;
    for (const [reader, sieve] of [...this.readers]) {
      const value = message.value();
      if (value === undefined) return;
      const values = sieve === null ? [value] : sieve([value]);
      if (values.length > 0) reader.take(new OneMessage(message.data, values, this.count));
    }
  }

  /** A closing line may still receive. */
  changed(isLive: boolean): void {
    this.isLive = isLive;
    for (const reader of [...this.readers.keys()]) reader.set(isLive ? 'live' : 'subscribing');
  }

  dispose(): void {
    for (const reader of [...this.readers.keys()]) reader.leave();
  }

  // For the readers.

  restart(): void {}

  remove(reader: StreamReader): void {
    this.readers.delete(reader);
  }
}

/** One message, in the shape of what streams bring. Nobody numbers it but this line. */
class OneMessage implements Publications {
  readonly count = 1;
  readonly epoch = '';
  readonly run = 0;
  readonly skip = 0;

  constructor(
    private readonly data: string | ArrayBuffer,
    private readonly read: readonly unknown[],
    readonly last: number,
  ) {}

  get bytes(): Uint8Array {
    return typeof this.data === 'string'
      ? new TextEncoder().encode(this.data)
      : new Uint8Array(this.data);
  }

  values(): readonly unknown[] {
    return this.read;
  }

  tail(): Publications {
    return this;
  }
}
