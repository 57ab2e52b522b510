import { readyStateOf } from '../../../js/src/core/status.js';
import type { FakeSocket } from '../fakeSocket.js';
import type { MountedHook } from '../mountHook.js';

export interface Seen {
  readonly now: MountedHook['now'];
  readonly socket: FakeSocket | undefined;
  /** There is a line, or there is to be one. */
  readonly isOn: boolean;
  /** Closed by the application, and not opened since. */
  readonly isClosed: boolean;
  readonly face: WebSocket | null;
  readonly live: number;
}

/** What the hook tells of a line that is not so, once nothing is under way. */
export function untruthsIn({ now, socket, isOn, isClosed, face, live }: Seen): string[] {
  const { status, readyState, queued, reason, error } = now;
  const claims: [boolean, string][] = [
    [readyState === (isOn ? readyStateOf(status) : -1), `readyState ${readyState}`],
    [(face !== null) === isOn, 'getWebSocket()'],
    [!isOn || face?.readyState === readyState, `readyState ${face?.readyState} of the face`],
    [live === 0 || ['connecting', 'open'].includes(status), 'a live socket'],
    [status !== 'open' || [1, 2].includes(socket?.readyState ?? 0), 'no socket'],
    [status !== 'open' || socket?.readyState !== 1 || queued === 0, `${queued} queued`],
    [(reason !== null) === (status === 'failed'), `reason ${reason}`],
    [status !== 'failed' || error !== null, 'no error'],
    [!isClosed || !isOn || ['closing', 'closed'].includes(status), 'closed by the application'],
  ];
  return claims.filter(([isTrue]) => !isTrue).map(([, text]) => `${text} while ${status}`);
}
