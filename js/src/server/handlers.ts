import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Position } from './broker.js';
import type { LineServerEvent } from './events.js';

type Awaitable<T> = T | Promise<T>;

/** The functions of the application. They may be replaced while the server runs. */
export interface Handlers<User> {
  /**
   * Who is calling: the user of this upgrade request, or null. Called once for each connection,
   * after `Origin` and the limits were checked. null: the connection is closed with 4401, upon
   * which a client renews its credentials once. If it throws: 4500; if it takes longer than
   * `limits.handshakeTimeoutMs`: HTTP 503.
   */
  readonly authenticate: (request: IncomingMessage) => Awaitable<User | null | undefined>;
  /**
   * May this user read (subscribe to) or write (send messages to) this stream? Only `true` allows.
   * Asked again at each HELLO, SUBSCRIBE, message, and every `recheckMs`. If it throws: 4500.
   */
  readonly authorize: (user: User, stream: string, access: Access) => Awaitable<boolean>;
  /**
   * The name under which this user is counted, revoked and shown as present.
   * @default the user, if it is a string or number, or else its `id`
   */
  readonly userId?: ((user: User) => string) | undefined;
  /**
   * Handles one message. Messages of one line of a page come one after the other, in order; a
   * message is acknowledged when what this returns has settled. Throw `Reject` to refuse it for
   * good; anything else thrown closes the connection (4500), and the client sends it again.
   * Without it every message is refused.
   */
  readonly onMessage?: ((message: Message<User>) => unknown) | undefined;
  /**
   * Whether a connection is still somebody's, asked every `recheckMs`: null closes it with 4401.
   * The headers (with the cookie) of a connection are kept only where this is given. If it throws,
   * the connection stays and is asked about again later.
   * @default none: a session that ends is noticed through `revoke` or at the next connection
   */
  readonly recheck?: ((seen: Recheck<User>) => Awaitable<User | null | undefined>) | undefined;
  /**
   * For logs: gets every event, and then nothing is printed.
   * @default what `failed` goes to `console.error` with its stack, at most once a second for each
   * `during` (what was left out is counted), and what was `ignored` to `console.warn`
   */
  readonly onEvent?: ((event: LineServerEvent) => void) | undefined;
}

/** `read`: subscribe to a stream; `write`: send messages to it. */
export type Access = 'read' | 'write';

/** A connection whose session is checked again. */
export interface Recheck<User> {
  /** Whose it was when it was checked last. */
  readonly user: User;
  /** Those of the upgrade request. */
  readonly headers: IncomingHttpHeaders;
}

/** One message of a client, and what its handler may do. */
export interface Message<User> {
  /** Who sent it: what `authenticate` answered, or `recheck` since. */
  readonly user: User;
  /** The stream that it was sent to. */
  readonly stream: string;
  /** JSON that a client sent: of any shape, nested 128 levels at most. */
  readonly message: unknown;
  /**
   * Publishes as part of handling this message: once, even if the message has to be handled again.
   * Need not be awaited.
   *
   * @throws TypeError as `LineServer.publish` does, Error once handling is over.
   */
  readonly publish: PublishFunction;
  /**
   * Answers the client; the last answer counts. It survives a lost connection, but not this
   * process. @throws TypeError for what is no JSON, or nested more than 63 levels deep
   */
  readonly reply: (value: unknown) => void;
}

/** Publishes JSON to a stream; answers its position. */
export type PublishFunction = (
  stream: string,
  value: unknown,
  options?: PublishOptions,
) => Awaitable<Position>;

/** What `publish` may be told of a publication. */
export interface PublishOptions {
  /**
   * What this publication is the newest state of. A slow client gets only the newest of each key.
   * 1 to 256 bytes of UTF-8. @default none: every publication counts
   */
  readonly key?: string | undefined;
}
