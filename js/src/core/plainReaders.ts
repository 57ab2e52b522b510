import type { SieveSpec } from './sieve.js';
import { type ReadStream, type StreamListener, StreamReader } from './streamReader.js';

/** The readers of a line without streams. They read while it is open, from now on. */
export class PlainReaders implements ReadStream {
  /** Each with what counts for him. */
  readonly all = new Map<StreamReader, SieveSpec>();
  private isLive = false;

  read(spec: SieveSpec, listener: StreamListener): StreamReader {
    const reader = new StreamReader(this, listener, null);
    this.all.set(reader, spec);
    if (this.isLive) reader.set('live');
    return reader;
  }

  changed(isLive: boolean): void {
    this.isLive = isLive;
    for (const reader of [...this.all.keys()]) reader.set(isLive ? 'live' : 'subscribing');
  }

  dispose(): void {
    for (const reader of [...this.all.keys()]) reader.leave();
  }

  // For the readers.

  restart(): void {}

  remove(reader: StreamReader): void {
    this.all.delete(reader);
  }
}
