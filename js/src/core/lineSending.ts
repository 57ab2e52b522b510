import { byteLength, isSendable, type Sendable, snapshotOf } from './byteLength.js';
import type { Line, SendReceipt } from './line.js';
import { Message } from './message.js';
import { messageOf, OpenlineError } from './openlineError.js';
import type { Settlement } from './settlement.js';

/** What became of a message at once, and what becomes of it. Sending never throws. */
export type LineReceipt = SendReceipt & {
  /** Never rejects. A message that was refused is `rejected` for the same reason. */
  readonly settled: Promise<Settlement>;
};

/** The receipt of a message that was not taken. */
export function refused(reason: OpenlineError): LineReceipt {
  return { state: 'refused', reason, settled: Promise.resolve({ outcome: 'rejected', reason }) };
}

/** What is sent on a line, until it is settled. */
export class LineSending {
  private readonly unsettled = new Set<Message>();

  /** To a stream. @param name throws for what is none */
  sendTo(line: Line, name: () => string, payload: unknown, bytesMax: number): LineReceipt {
    try {
      return this.take(line, Message.to(name(), payload, bytesMax));
    } catch (error) {
      return refused(
        error instanceof OpenlineError
          ? error
          : new OpenlineError('unsendable', `that is no stream (${messageOf(error)})`, error),
      );
    }
  }

  /** As it is. Only what has to wait is kept as it is now, and measured. */
  sendPlainly(line: Line, value: unknown): LineReceipt {
    const receipt = line.send(value, false);
    if (receipt.state !== 'refused') {
      return { ...receipt, settled: Promise.resolve({ outcome: 'handed-over' }) };
    }
    const mayWait = receipt.reason.code === 'closed' && isSendable(value);
    const kept = mayWait ? (snapshotOf(value) as Sendable | null) : null;
    if (kept === null) return refused(receipt.reason);
    return this.take(line, new Message(value, null, kept, byteLength(kept)));
  }

  /** The core has stopped: what waits is kept, of what was sent nobody knows. */
  stopped(): void {
    for (const message of this.unsettled) if (message.isSent) message.abandon();
  }

  dispose(): void {
    for (const message of this.unsettled) message.abandon();
  }

  private take(line: Line, message: Message): LineReceipt {
    const { settled } = message;
    this.unsettled.add(message);
    void settled.then(() => this.unsettled.delete(message));
    const receipt = line.take(message);
    if (receipt.state !== 'refused') return { ...receipt, settled };
    message.end({ outcome: 'rejected', reason: receipt.reason });
    return { ...receipt, settled };
  }
}

/** Nothing can be read or sent. */
export function notHeld(): OpenlineError {
  return new OpenlineError('closed', 'the line is disposed, or no component uses it');
}
