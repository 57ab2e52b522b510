import type { Outbound } from './byteLength.js';
import type { StateUser } from './coreStates.js';
import type { StreamUser } from './coreStreams.js';
import type { Line } from './line.js';
import type { AskedOptions } from './lineOptions.js';
import type { LineUrl } from './lineUrl.js';
import type { MessagePassing } from './messagePassing.js';
import type { OpenlineError } from './openlineError.js';
import type { ResolvedOptions } from './options.js';
import type { SocketEvents } from './socketEvents.js';
import type { SocketLine } from './socketLine.js';
import type { FailureReason, Status } from './status.js';

// The core as the rest of the client sees it: lines that take commands and give records. How it
// gets there (pointers, wasm) is known to abi.ts alone, so that it may once run in a Worker.

/** Whom a line asks when it needs something, always as he is then. */
export interface LineUser {
  url(): LineUrl;
  /** What the attempt offers whose URL was just said; without it what the line was made with. */
  protocols?(): readonly string[];
  options(): AskedOptions;
}

export interface CoreLineConfig {
  readonly user: LineUser;
  /** In the order of `OPTION_TABLE`. */
  readonly values: readonly number[];
  readonly messageBytesMax: number;
  readonly protocols: readonly string[];
  readonly binaryType: BinaryType;
  /** With it the line speaks openline.1, which `protocols` must offer first. */
  readonly streams?: StreamUser;
  /** The connection that the core before had and lost by stopping. */
  readonly lost?: Lost | undefined;
  /** Who keeps states of what comes in. */
  readonly states?: StateUser;
}

/** What is settled of a line when it is made. */
export type LineConfig = ResolvedOptions &
  Pick<CoreLineConfig, 'streams' | 'states'> & {
    /** It needs the core that has documents. @default false */
    readonly hasDocuments?: boolean;
  };

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
      /** Epoch milliseconds. */
      readonly retryAt: number | null;
      /** What last went wrong; null again once open. */
      readonly error: OpenlineError | null;
    }
  | { readonly kind: 'open' }
  | { readonly kind: 'message'; readonly event: MessageEvent }
  | { readonly kind: 'error' }
  | {
      readonly kind: 'close';
      readonly code: number;
      readonly wasClean: boolean;
      readonly reason: string;
      /** The line let it go by itself and will be back: its page is away. */
      readonly isOwn?: true;
    }
  | { readonly kind: 'outage'; readonly outage: Outage }
  | { readonly kind: 'drop'; readonly value: unknown; readonly cause: DropCause };

/** Why a message will not be sent. */
export type DropCause = 'closed' | 'unsendable' | 'expired' | 'overflow';

/** A time without a connection, from the loss of one to the next. */
export interface Outage {
  /**
   * How long, in milliseconds: from when the loss was noticed or, where a ping went unanswered,
   * from the last sign of life on.
   */
  readonly downMs: number;
  /**
   * Messages that had been given to the lost connection since something last came in from it. They
   * may not have arrived: only the server knows.
   */
  readonly unconfirmed: number;
  /**
   * True when everything that was missed meanwhile follows: the server has it still, of each stream
   * that the line asked for with its first word. A server that knows nothing of openline keeps
   * nothing, so on a plain line it is false.
   */
  readonly recovered: boolean;
}

/** A connection that was lost with the core that had it. */
export interface Lost {
  /** On the clock of the lines. */
  readonly sinceMs: number;
  readonly unconfirmed: number;
}

/** What a core leaves behind that has stopped. */
export interface Leftover {
  /** The messages that still waited, in their order. */
  readonly unsent: readonly Outbound[];
  /** How many were given to a connection and may not have arrived. */
  readonly unconfirmed: number;
}

/** Where a line's records go. Called outside of the core only, so it may call the line again. */
export interface RecordSink {
  record(record: CoreRecord): void;
  /**
   * In place of the record of a message: it may be worked through later, together with others.
   * False: it has to be a record.
   */
  gather?(text: string): boolean;
  /** The records of this turn have all been passed on. */
  settled(): void;
  /**
   * The core has stopped for good (a trap, out of memory); this line is dead.
   *
   * @param error null for a line that was closed: nothing is lost with it
   * @param left what is to be gone on with
   */
  stopped(error: OpenlineError | null, left: Leftover): void;
}

/** What came of the newest handshake; empty before the first. */
export interface ChosenByServer {
  readonly url: string;
  readonly protocol: string;
  readonly extensions: string;
}

export interface CoreLine {
  /** The core has stopped, and this line with it; it may do so while the line is made. */
  readonly isStopped: boolean;
  open(): void;
  close(code: number | undefined, reason: string): void;
  reconnect(): void;
  setBinaryType(type: BinaryType): void;
  /** @param keep false: refuse what would have to wait. @default true */
  send(value: Outbound, keep?: boolean): SendFate;
  /** Takes over a message that has waited elsewhere for that long. */
  adopt(value: Outbound, ageMs: number): SendFate;
  queued(): number;
  bufferedAmount(): number;
  chosen(): ChosenByServer;
  /** Closes the socket with 1000 and forgets the line; what was waiting is let go silently. */
  dispose(): void;
}

export interface Core {
  createLine(config: CoreLineConfig, sink: RecordSink): CoreLine;
  /** Has a line that waits for its core go on with this one. */
  attach(line: Line): void;
  // Made here, although no core is in it, because it is not needed before the core is.
  createEvents(line: SocketLine): SocketEvents;
  createPassing(...given: ConstructorParameters<typeof MessagePassing>): MessagePassing;
}
