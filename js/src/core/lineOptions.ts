import type { Sendable } from './byteLength.js';

/**
 * Options of a line. Every limit is checked when the line is made: a value of the wrong type or out
 * of range throws a `TypeError` that names the option and the range.
 */
export interface LineOptions {
  /** Subprotocols to offer, in the order of preference (RFC 6455 section 1.9). @default none */
  protocols?: string | readonly string[] | undefined;
  /** When and how often a lost connection is tried again. */
  reconnect?: ReconnectOptions | undefined;
  /** From asking for the URL to open; beyond it the attempt has failed. @default 10_000 */
  connectTimeoutMs?: number | undefined;
  /** From `close()` to the close event; beyond it the socket is let go. @default 5_000 */
  closeTimeoutMs?: number | undefined;
  /**
   * Finds out that the connection is dead although it does not close: after a silence a ping is
   * sent, and without an answer in time the connection is given up. A browser cannot send the pings
   * of RFC 6455 section 5.5.2, so these are messages, and the server must answer them with
   * messages. `true`: 'ping', answered by any message. @default false
   */
  heartbeat?: boolean | HeartbeatOptions | undefined;
  /**
   * The first message of every connection, before all that waits; a function is asked each time.
   * If it throws, or gives what is no message, the page is told and the connection goes on without.
   * @default none
   */
  hello?: Sendable | (() => Sendable | undefined) | undefined;
  /** How credentials are renewed that the server no longer takes (4401). @default none */
  auth?: AuthOptions | undefined;
  /**
   * While the page is hidden, once it has been for `hiddenAfterMs`: `keep` goes on as if it were
   * shown, `pause` keeps an open connection but waits with the next attempt until the page is
   * shown, `close` closes the connection until then. @default 'keep'
   */
  hidden?: 'keep' | 'pause' | 'close' | undefined;
  /** How long the page must be hidden before `hidden` takes effect. @default 30_000 */
  hiddenAfterMs?: number | undefined;
  /** What may wait while the line is not open. */
  queue?: QueueOptions | undefined;
  /**
   * Largest message to send, in UTF-16 code units or bytes; beyond it it is refused. @default 64
   * MiB
   */
  messageBytesMax?: number | undefined;
}

/** A retry comes after `min + U(0, min(max - min, base * 2^n))` ms, n counting retries from 0. */
export interface ReconnectOptions {
  /** Never sooner than this. @default 1_000 */
  minDelayMs?: number | undefined;
  /** Never later than this. @default 30_000 */
  maxDelayMs?: number | undefined;
  /**
   * Width of the first window that a delay is drawn from; doubles with each retry. @default 1_000
   */
  baseDelayMs?: number | undefined;
  /**
   * Retries between two stable connections; then the line fails. 0: never retry. @default Infinity
   */
  attempts?: number | undefined;
  /** Open for this long, a connection counts as stable and retries start anew. @default 5_000 */
  stableAfterMs?: number | undefined;
  /**
   * A bound on attempts whatever makes them: retries, events of the page, `reconnect()` in a loop.
   * About half of them may come in a burst, the others are spread over the window; until its turn
   * an attempt waits, even beyond `maxDelayMs`.
   */
  budget?: BudgetOptions | undefined;
}

/** How many attempts there may be at most, whatever makes them. */
export interface BudgetOptions {
  /** At most so many in any window. @default 120 */
  attempts?: number | undefined;
  /** @default 60_000 */
  windowMs?: number | undefined;
}

/** How a line finds out that its connection is dead. */
export interface HeartbeatOptions {
  /** What to send, or who says it. @default 'ping' */
  message?: Sendable | (() => Sendable) | undefined;
  /**
   * The reply to wait for; other messages do not count then. A value is compared with the data (it
   * does not become `lastMessage`), a function is asked about each message, perhaps more than once.
   * A line with states gives neither to them nor to `useMessages`. @default any message
   */
  returnMessage?: string | ((event: MessageEvent) => boolean) | undefined;
  /** Silence after which a ping is sent; with `returnMessage` from one reply on. @default 24_000 */
  intervalMs?: number | undefined;
  /**
   * From a ping that left to its answer. Longer while what was sent before it leaves.
   * @default 10_000
   */
  timeoutMs?: number | undefined;
  /** The same after events of the page that make the connection doubtful. @default 3_500 */
  probeTimeoutMs?: number | undefined;
}

/** How a line gets new credentials. */
export interface AuthOptions {
  /**
   * Renews the credentials when the server closed with 4401; then the line tries again once. Lines
   * that share the function share its run. Rejecting is a failed attempt, and it is asked again.
   */
  refresh: () => unknown;
}

/** The options that are asked for anew each time, so that they may change with every render. */
export type AskedOptions = Pick<LineOptions, 'heartbeat' | 'hello' | 'auth'> & {
  /** A function chooses each wait. */
  readonly reconnectInterval?: number | ((attempt: number) => number) | undefined;
};

/** How many messages may wait for the line, and what becomes of those that do not fit. */
export interface QueueOptions {
  /** @default 1_000 */
  maxMessages?: number | undefined;
  /** Payload bytes, text as UTF-8. @default 1_048_576 */
  maxBytes?: number | undefined;
  /** What waits for longer goes to `onDrop`. @default Infinity */
  ttlMs?: number | undefined;
  /**
   * A message that finds the queue full: `refuse` answers so, `drop-oldest` makes room for it (and
   * tells `onDrop`), `drop-newest` answers so and tells `onDrop`. @default 'refuse'
   */
  overflow?: 'refuse' | 'drop-oldest' | 'drop-newest' | undefined;
}
