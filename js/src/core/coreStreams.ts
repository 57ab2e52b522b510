import type { Position } from './position.js';

// What a line of openline.1 and its user say to each other about streams and messages.

/** Publications of one stream that came in together. Nothing of them is parsed unless asked for. */
export interface Publications<T = unknown> {
  /** How many they are, which is known without parsing them. */
  readonly count: number;
  /** Of the stream's numbering; another one when a server has forgotten what it published. */
  readonly epoch: string;
  /** The offset of the last one: with it and the epoch, everything up to here is known. */
  readonly last: number;
  /**
   * The JSON of the publications, parted by commas. A view, which keeps the whole frame alive; of a
   * tail it is made anew of the values.
   */
  readonly bytes: Uint8Array;
  /**
   * The publications, parsed at once when first asked for. All readers share them.
   *
   * @throws OpenlineError `protocol` when the server has published what is no JSON
   */
  values(): readonly T[];
  /** @internal What the core calls it, for as long as it is passed on; see `CoreStates.takeRun`. */
  readonly run: number;
  /** @internal How many of the run come before these. */
  readonly skip: number;
  /** The last `count` of them. */
  tail(count: number): Publications<T>;
}

/** What the server said to a message, or what became of it without the server. */
export type MessageEnd =
  | { readonly kind: 'acked' }
  | { readonly kind: 'rejected'; readonly code: number; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unknown' };

/** A message while it is the core's: what it is on the wire, and what is to be told of it. */
export interface HeldMessage {
  /** What a socket is given of it. */
  readonly payload: string | ArrayBuffer | Blob | ArrayBufferView;
  readonly size: number;
  /** A socket has taken it. */
  sent(): void;
  /** The handler has answered, in JSON; the message is settled next. */
  replied(json: string): void;
  ended(end: MessageEnd): void;
}

/** The subscriptions of a line in the core, which knows them by number. */
export interface CoreStreams {
  /**
   * From now on without a position. Answers 0 when there are too many, and undefined when the core
   * has stopped.
   */
  subscribe(stream: string, from: Position | null): number | undefined;
  resubscribe(id: number, from: Position | null): void;
  unsubscribe(id: number): void;
}

/** Who has asked for streams. Called outside of the core only. */
export interface StreamUser {
  /** An instance of the core has the line now; it knows of no subscription. */
  started(core: CoreStreams): void;
  /** That instance is gone. */
  stopped(): void;
  /** Granted: what comes after the position follows. */
  subscribed(id: number, at: Position): void;
  published(id: number, batch: Publications): void;
  /** Something is missing and cannot be had; nothing follows until it is subscribed anew. */
  resync(id: number, top: Position): void;
  denied(id: number, code: number, text: string): void;
}
