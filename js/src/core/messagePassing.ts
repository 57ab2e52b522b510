import type { Publications } from './coreStreams.js';
import type { LineOptions } from './lineOptions.js';
import { isReply } from './lineVoice.js';
import type { OpenlineError } from './openlineError.js';
import { PlainMessage } from './plainMessage.js';
import { shielded } from './shielded.js';
import { type Sieve, type SieveSpec, sieveOf } from './sieve.js';
import { sievedListener } from './sievedListener.js';
import type { StreamListener, StreamReader } from './streamReader.js';

/**
 * What comes in of a line, on its way to those who read it. In the lazy chunk: nothing comes in
 * before the core is there.
 */
export class MessagePassing {
  private count = 0;
  private readonly sieves = new WeakMap<SieveSpec, Sieve | null>();

  /** @param refused is told of each message that is no JSON, once */
  constructor(
    private readonly heartbeat: LineOptions['heartbeat'],
    private readonly refused: (error: OpenlineError) => void,
  ) {}

  /** Null for an answer to a heartbeat, which is no message of the application. */
  message(event: MessageEvent): PlainMessage | null {
    let isAnswer = false;
    shielded(() => {
      isAnswer = isReply(this.heartbeat, event);
    });
    return isAnswer ? null : this.of(event.data);
  }

  /** What is known to be a message of the application. */
  of(data: string | ArrayBuffer): PlainMessage {
    return new PlainMessage(data, this.refused);
  }

  /** To readers of a line without streams, of whom each gets what counts for him. */
  pass(message: PlainMessage, readers: ReadonlyMap<StreamReader, SieveSpec>): void {
    this.count += 1;
    for (const [reader, spec] of [...readers]) {
      const value = message.value();
      if (value === undefined) return;
      const sieve = this.sieveFor(spec);
      const values = sieve === null ? [value] : sieve([value]);
      if (values.length > 0) reader.take(new OneMessage(message.data, values, this.count));
    }
  }

  /** Passes on of a stream what counts. */
  sieved(spec: SieveSpec, listener: StreamListener): StreamListener {
    return sievedListener(spec, listener);
  }

  private sieveFor(spec: SieveSpec): Sieve | null {
    let sieve = this.sieves.get(spec);
    if (sieve === undefined) {
      sieve = sieveOf(spec);
      this.sieves.set(spec, sieve);
    }
    return sieve;
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
