/** Where a line stands. */
export type Status = 'idle' | 'connecting' | 'open' | 'waiting' | 'closing' | 'closed' | 'failed';

/**
 * Why a line has failed.
 *
 * - `auth`: the server closed with 4401 or 4403
 * - `rejected`: it closed with 1002, 1003, 1007 to 1010 or another code of 4400 to 4499
 * - `attempts`: the last retry allowed has failed
 * - `url`: the URL or the subprotocols cannot be used
 * - `protocol`: the line has streams, and the server does not speak openline.1
 * - `wasm`: the core could not be loaded or has stopped
 */
export type FailureReason = 'auth' | 'rejected' | 'attempts' | 'url' | 'protocol' | 'wasm';

/** WHATWG WebSocket `readyState`, and -1 where there is none. */
export const ReadyState = {
  UNINSTANTIATED: -1,
  CONNECTING: 0,
  OPEN: 1,
  CLOSING: 2,
  CLOSED: 3,
} as const;
export type ReadyState = (typeof ReadyState)[keyof typeof ReadyState];

/**
 * What a program written for a bare WebSocket expects to see: while waiting, the socket is closed.
 */
export function readyStateOf(status: Status): ReadyState {
  switch (status) {
    case 'idle':
    case 'connecting':
      return ReadyState.CONNECTING;
    case 'open':
      return ReadyState.OPEN;
    case 'closing':
      return ReadyState.CLOSING;
    case 'waiting':
    case 'closed':
    case 'failed':
      return ReadyState.CLOSED;
  }
  return status satisfies never;
}
