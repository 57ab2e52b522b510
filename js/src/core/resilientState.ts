import type { ChosenByServer } from './core.js';
import type { ResolvedResilience, SocketDrop } from './resilientOptions.js';
import type { SendQueue } from './sendQueue.js';

/** A value, or who says it for each attempt. */
type Provider<T> = T | (() => T | Promise<T>);

/** Where a socket goes: asked afresh for every attempt. A path means the page's own origin. */
export type UrlProvider = Provider<string | URL>;

/** The subprotocols to offer: asked afresh for every attempt. */
export type ProtocolsProvider = Provider<string | readonly string[] | null | undefined>;

/** What a `ResilientWebSocket` is, for the line that works for it once the core is there. */
export interface ResilientState {
  readonly url: UrlProvider;
  readonly protocols: ProtocolsProvider;
  readonly settings: ResolvedResilience;
  readonly queue: SendQueue;
  readyState: 0 | 1 | 2 | 3;
  retryCount: number;
  /** Of the newest attempt that came to something, good or bad. */
  chosen: ChosenByServer;
  binaryType: BinaryType;
  /** From the constructor or `reconnect()` until it is closed for good. */
  isWanted: boolean;
  /** To the listeners. */
  tell(event: Event): void;
  drop(data: unknown, cause: SocketDrop['cause']): void;
  log(...words: unknown[]): void;
}
