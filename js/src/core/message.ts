import { byteLength, type Sendable } from './byteLength.js';
import type { DropCause } from './core.js';
import type { HeldMessage, MessageEnd } from './coreStreams.js';
import { OpenlineError, type OpenlineErrorCode } from './openlineError.js';
import { payloadText } from './payloadText.js';
import type { Settlement } from './settlement.js';

const DROPPED: Readonly<Record<Exclude<DropCause, 'expired'>, [OpenlineErrorCode, string]>> = {
  closed: ['closed', 'the line was closed before the message had left; call reconnect() first'],
  overflow: ['queue-full', 'the queue was full, and queue.overflow says to drop the message'],
  unsendable: ['unsendable', 'the browser refused to send the message'],
};

/** A message from `send` until it is settled. */
export class Message implements HeldMessage {
  readonly settled: Promise<Settlement>;
  /** A socket has taken it: without an answer nobody knows what became of it. */
  isSent = false;
  private answer: unknown;
  private settle: (settlement: Settlement) => void = () => {};

  /**
   * @param given what the application sent, to name it by
   * @param stream null on a line without streams, where leaving is all that can happen to it
   */
  constructor(
    readonly given: unknown,
    readonly stream: string | null,
    readonly payload: Sendable,
    readonly size: number,
  ) {
    this.settled = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /**
   * A message to a stream: `"<stream>",<payload>`, which the core completes to a frame.
   *
   * @throws OpenlineError `unsendable` or `too-large`
   */
  static to(stream: string, given: unknown, bytesMax: number): Message {
    const text = `${JSON.stringify(stream)},${payloadText(given)}`;
    // Before it is measured: encoding what is far too large can end the page.
    if (text.length <= bytesMax) return new Message(given, stream, text, byteLength(text));
    throw new OpenlineError('too-large', 'the message is larger than messageBytesMax; split it');
  }

  sent(): void {
    this.isSent = true;
    if (this.stream === null) this.end({ outcome: 'handed-over' });
  }

  replied(json: string): void {
    try {
      this.answer = JSON.parse(json);
    } catch {
      // Checked by the core; what it lets through that is no JSON is as good as no answer.
    }
  }

  ended(end: MessageEnd): void {
    if (end.kind === 'acked') this.end({ outcome: 'acked', value: this.answer });
    else if (end.kind === 'unknown') this.end({ outcome: 'unknown' });
    else if (end.kind === 'too-large') {
      this.reject('too-large', 'the message is larger than the server takes; split it');
    } else {
      const { code, text } = end;
      const said = `the server rejected the message (${code}${text === '' ? '' : `: ${text}`})`;
      this.end({ outcome: 'rejected', reason: new OpenlineError('rejected', said), code, text });
    }
  }

  /** It will not be sent. */
  dropped(cause: DropCause): void {
    if (cause === 'expired') this.end({ outcome: 'expired' });
    else this.reject(...DROPPED[cause]);
  }

  /** The line is gone. */
  abandon(): void {
    if (this.isSent) this.end({ outcome: 'unknown' });
    else this.dropped('closed');
  }

  /** Only the first end counts. */
  end(settlement: Settlement): void {
    this.settle(settlement);
  }

  private reject(code: OpenlineErrorCode, text: string): void {
    this.end({ outcome: 'rejected', reason: new OpenlineError(code, text) });
  }
}
