import type { DropCause, Outage } from './core.js';
import type { OpenlineError } from './openlineError.js';
import type { Position } from './position.js';
import type { StreamRef } from './stateRef.js';

/** A gap in a stream: something was published that the server no longer has. */
export interface Resync {
  /** The name of the stream. */
  readonly stream: string;
  /** Where the stream stood when the server said so. */
  readonly top: Position;
}

/** A stream that the server does not let the line read. */
export interface Denial {
  /** The name of the stream. */
  readonly stream: string;
  /** 4403: not allowed. 0: the line has as many streams as it may have. */
  readonly code: number;
  /** Why, in the server's words; for logs, not for users. */
  readonly text: string;
}

/** A message that waited and will not be sent. */
export interface LineDrop {
  /** What was given to `send`. */
  readonly data: unknown;
  /** The name of the stream that it was for; null on a line without streams. */
  readonly stream: string | null;
  /**
   * `closed`: it waited when the line was closed. `expired`: it waited for longer than
   * `queue.ttlMs`. `overflow`: the queue was full, and `queue.overflow` says to drop it.
   * `unsendable`: the browser refused to send it.
   */
  readonly cause: DropCause;
}

/** Rows of a collection that went because it was full: `maxRows` or `maxBytes`. */
export interface Eviction {
  /** The member of `state` that kept them. */
  readonly state: string;
  /** Null on a line without streams. */
  readonly stream: string | null;
  /** How many of the oldest rows. */
  readonly count: number;
}

/** What a line tells. What one of them throws reaches the page alone. */
export interface LineCallbacks {
  /**
   * What went wrong with the line: a URL or credentials that could not be had, or its failure; and
   * with code `message`, a message that a state could not take, which changes nothing else.
   */
  onError?: ((error: OpenlineError) => void) | undefined;
  /** The line is open again after it was lost: how long, and what may be missing. */
  onOutage?: ((outage: Outage) => void) | undefined;
  /**
   * A stream has a gap that the server's history does not cover: fetch a new snapshot. Called once
   * for each gap, however many components read the stream. Those that gave `from` wait for a newer
   * one; the others go on from now.
   */
  onResync?: ((gap: Resync) => void) | undefined;
  /** The server refuses a stream, or has withdrawn it. */
  onDenied?: ((denial: Denial) => void) | undefined;
  /** A message that waited will not be sent; what its `settled` gives says the same. */
  onDrop?: ((drop: LineDrop) => void) | undefined;
  /** A collection had no room for its oldest rows. Once per flush at most. */
  onEvict?: ((eviction: Eviction) => void) | undefined;
  /** Every message of a line without streams, in order, at once. */
  onMessage?: ((event: MessageEvent) => void) | undefined;
}

/** The stream's name, or its member of the definition. */
export type StreamName = string | StreamRef;
