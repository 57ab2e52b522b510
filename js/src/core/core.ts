import type { Sendable } from './byteLength.js';
import type { OpenlineError } from './openlineError.js';
import type { FailureReason, Status } from './status.js';

// The core as the rest of the client sees it: lines that take commands and give records. How it
// gets there (pointers, wasm) is known to abi.ts alone, so that it may once run in a Worker.

export interface CoreLineConfig {
  /** In the order of `OPTION_TABLE`. */
  readonly values: readonly number[];
  readonly messageBytesMax: number;
  readonly protocols: readonly string[];
  readonly binaryType: BinaryType;
}

/** What became of a message at once. */
export type SendFate =
  | 'sent'
  | 'queued'
  | 'too-large'
  | 'queue-messages'
  | 'queue-bytes'
  | 'closed'
  | 'not-open'
  | 'failed'
  | 'unsendable';

export type CoreRecord =
  | {
      readonly kind: 'status';
      readonly status: Status;
      readonly reason: FailureReason | null;
      readonly attempt: number;
      /** Milliseconds on the core's clock. */
      readonly retryAt: number | null;
      /** What last went wrong; null again once open. */
      readonly error: OpenlineError | null;
    }
  | { readonly kind: 'url'; readonly socket: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'message'; readonly event: MessageEvent }
  | { readonly kind: 'error' }
  | {
      readonly kind: 'close';
      readonly code: number;
      readonly wasClean: boolean;
      readonly reason: string;
    }
  | { readonly kind: 'drop'; readonly value: unknown; readonly cause: DropCause }
  | { readonly kind: 'flush' };

export type DropCause = 'stale' | 'closed' | 'unsendable';

/** Where a line's records go. Called outside of the core only, so it may call the line again. */
export interface RecordSink {
  record(record: CoreRecord): void;
  /** The records of this turn have all been passed on. */
  settled(): void;
  /**
   * The core has stopped for good (a trap, out of memory); this line is dead.
   *
   * @param error null for a line that was closed: nothing is lost with it
   * @param unsent the messages that still waited, in their order
   */
  stopped(error: OpenlineError | null, unsent: readonly Sendable[]): void;
}

/** What came of the newest handshake; empty before the first. */
export interface ChosenByServer {
  readonly url: string;
  readonly protocol: string;
  readonly extensions: string;
}

export interface CoreLine {
  open(): void;
  close(code: number | undefined, reason: string): void;
  reconnect(): void;
  /** Answers a `url` record; what is no URL of a WebSocket fails the line. */
  urlReady(socket: number, url: unknown): void;
  /** There was none to be had: a failed attempt. */
  urlFailed(socket: number, error: unknown): void;
  setBinaryType(type: BinaryType): void;
  /** @param keep false: refuse what would have to wait. @default true */
  send(value: Sendable, keep?: boolean): SendFate;
  queued(): number;
  bufferedAmount(): number;
  chosen(): ChosenByServer;
  /** Closes the socket with 1000 and forgets the line; what was waiting is let go silently. */
  dispose(): void;
}

export interface Core {
  createLine(config: CoreLineConfig, sink: RecordSink): CoreLine;
}
