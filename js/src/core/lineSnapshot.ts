import type { OpenlineError } from './openlineError.js';
import type { FailureReason, Status } from './status.js';

/** What is known of a line; a new object whenever something in it has changed. */
export interface LineSnapshot {
  /** What the line is doing. */
  readonly status: Status;
  /** Retries since the line was last stable; while `waiting` the number of the coming one. */
  readonly attempt: number;
  /**
   * While `waiting`: when the next attempt starts, in epoch milliseconds. Null when it waits for
   * the page to be shown (`hidden`) or restored from the back/forward cache.
   */
  readonly retryAt: number | null;
  /** While `failed`: why. */
  readonly reason: FailureReason | null;
  /**
   * While `failed`, or after a URL or credentials that could not be had: what went wrong and the
   * remedy. Null again once the line is open.
   */
  readonly error: OpenlineError | null;
  /** Messages that wait for the line. */
  readonly queued: number;
}

export const IDLE: LineSnapshot = Object.freeze({
  status: 'idle',
  attempt: 0,
  retryAt: null,
  reason: null,
  error: null,
  queued: 0,
});
