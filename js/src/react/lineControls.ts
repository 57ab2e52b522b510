import type { Sendable } from '../core/byteLength.js';
import type { StreamName } from '../core/lineCallbacks.js';
import { type LineReceipt, type OpenedLine, refused } from '../core/openedLine.js';
import { OpenlineError } from '../core/openlineError.js';

/** What can be done with a line. The functions stay the same over the life of the component. */
export interface LineControls {
  /**
   * Sends a payload to a stream, at once, or queues it while the line is not open. It is made JSON
   * of now. Never throws: what cannot be taken is `refused` with the reason. `settled` tells what
   * became of it at the server, and never rejects.
   *
   * On a line without streams: sends a value as it is.
   */
  readonly send: {
    (stream: StreamName, payload: unknown): LineReceipt;
    (value: Sendable): LineReceipt;
  };
  /** Connects now: out of a wait, after a failure, or afresh in place of an open connection. */
  readonly reconnect: () => void;
  /**
   * Closes the line, for all components that use it, until `reconnect()`; what waited is dropped.
   *
   * @throws TypeError for a code other than 1000 and 3000 to 4999, or a reason over 123 bytes
   */
  readonly close: (code?: number, reason?: string) => void;
}

/** @param present the line, while the component is mounted */
export function lineControls(present: () => OpenedLine | null): LineControls {
  return {
    send: (...given: [unknown, unknown?]) => {
      const line = present();
      if (line === null) {
        return refused(new OpenlineError('closed', 'the component is not mounted'));
      }
      return line.send(...(given as [StreamName, unknown]));
    },
    reconnect: () => present()?.reconnect(),
    close: (code, reason) => present()?.close(code, reason),
  };
}
