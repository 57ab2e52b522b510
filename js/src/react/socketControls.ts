import type { Sendable } from '../core/byteLength.js';
import type { SendReceipt } from '../core/line.js';
import type { LineUrl } from '../core/lineUrl.js';
import { messageOf } from '../core/openlineError.js';
import { refused } from '../core/refusal.js';
import type { SocketSession } from '../core/socketSession.js';

/** What can be done with a line. The functions stay the same over the life of the component. */
export interface SocketControls {
  /**
   * Sends at once, or queues while the line is not open. Never throws: what cannot be taken is
   * `refused` with the reason.
   *
   * @param keep false: refuse instead of queueing
   */
  readonly sendMessage: (message: Sendable, keep?: boolean) => SendReceipt;
  /** `sendMessage` of the value as JSON. */
  readonly sendJsonMessage: (value: unknown, keep?: boolean) => SendReceipt;
  /** The line in the shape of a WebSocket; null before mount, after unmount and without a URL. */
  readonly getWebSocket: () => WebSocket | null;
  /** Connects now: out of a wait, after a failure, or afresh in place of an open connection. */
  readonly reconnect: () => void;
  /**
   * Closes the line until `reconnect()`; messages that waited go to `onDrop`.
   *
   * @throws TypeError for a code other than 1000 and 3000 to 4999, or a reason over 123 bytes
   */
  readonly close: (code?: number, reason?: string) => void;
}

interface Present {
  readonly session: SocketSession;
  readonly url: LineUrl | null;
}

export function socketControls(present: () => Present | null): SocketControls {
  const session = () => {
    const now = present();
    return now?.url == null ? null : now.session;
  };
  const sendMessage = (message: Sendable, keep?: boolean): SendReceipt =>
    session()?.send(message, keep) ??
    refused('closed', 'the component has no URL yet, or is not mounted');
  return {
    sendMessage,
    sendJsonMessage(value, keep) {
      try {
        const text: unknown = JSON.stringify(value);
        if (typeof text === 'string') return sendMessage(text, keep);
        return refused('unsendable', `${typeof value} has no JSON form`);
      } catch (error) {
        return refused('unsendable', `the value has no JSON form (${messageOf(error)})`, error);
      }
    },
    getWebSocket() {
      const now = session();
      return now?.isAcquired ? now.socket : null;
    },
    reconnect: () => session()?.reconnect(),
    close: (code, reason) => session()?.close(code, reason),
  };
}
