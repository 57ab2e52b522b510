import type { Entry } from './broker.js';

/** Publications of one stream on their way to a subscriber. */
export interface Run {
  readonly stream: string;
  readonly index: number;
  readonly first: number;
  readonly last: number;
  /** In order; fewer than `last - first + 1` where newer ones made some needless. */
  readonly entries: readonly Entry[];
  /** The run as PROTOCOL.md lays it out; made when first asked for, and shared. */
  readonly bytes: Uint8Array;
  /** A BATCH frame with this run alone; made when first asked for, and shared. */
  readonly frame: Uint8Array;
}

/**
 * A connection as the hub sees it. None of these throws; a subscriber that does is let go of, and
 * told with `fail`.
 */
export interface Subscriber {
  /** Bytes that the socket has taken and the network has not yet. */
  readonly unsent: number;
  /** Takes a run; it leaves with `flush`, together with others of the same turn. */
  take(run: Run): void;
  flush(): void;
  /** History cannot cover a gap of this subscription: RESYNC. */
  resync(index: number, epoch: string, top: number): void;
  /** The broker failed while nobody waited for its answer: 4500. */
  fail(error: unknown): void;
}
