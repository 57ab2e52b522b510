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

/**
 * WHATWG WebSocket `readyState`, and -1 where there is none. As in an enum of TypeScript,
 * `ReadyState[1]` is its name.
 */
export const ReadyState = {
  UNINSTANTIATED: -1,
  CONNECTING: 0,
  OPEN: 1,
  CLOSING: 2,
  CLOSED: 3,
  '-1': 'UNINSTANTIATED',
  0: 'CONNECTING',
  1: 'OPEN',
  2: 'CLOSING',
  3: 'CLOSED',
} as const;
export type ReadyState = Extract<(typeof ReadyState)[keyof typeof ReadyState], number>;

/** In numbers, so that an app without `ReadyState` does not bundle it. */
const READY_STATES: Readonly<Record<Status, 0 | 1 | 2 | 3>> = {
  idle: 0,
  connecting: 0,
  open: 1,
  closing: 2,
  waiting: 3,
  closed: 3,
  failed: 3,
};

/**
 * What a program written for a bare WebSocket expects to see: while waiting, the socket is closed.
 */
export function readyStateOf(status: Status): 0 | 1 | 2 | 3 {
  return READY_STATES[status];
}
