import type { Abi, AbiRecord } from './abi.js';
import type { RecordSink } from './core.js';
import type { LineVoice } from './lineVoice.js';
import type { Outgoing } from './outgoing.js';

/** What differs between a line that talks plainly and one that speaks openline.1. */
export interface Dialect {
  readonly out: Outgoing;
  /** The line can be talked to now. */
  start(): void;
  /** The instance is gone. */
  stop(): void;
  /** A message of a socket. */
  received(socket: number, event: MessageEvent): void;
  /** A socket is open, and nothing has been said on it. */
  greet(socket: number, raw: WebSocket): void;
  /** What the core says in one turn, before any of it is passed on. */
  foresee(records: readonly AbiRecord[]): void;
  /** Passes on what only this dialect knows. False: any line knows it. */
  pass(record: AbiRecord): boolean;
}

/** A line, as its dialect needs it. */
export interface DialectLine {
  readonly entry: {
    readonly isOpen: boolean;
    /** Changes with every `enter`. */
    readonly entries: number;
    enter<T>(use: (abi: Abi, line: number) => T): T | undefined;
  };
  readonly voice: LineVoice;
  readonly sink: RecordSink;
  /** Records are being passed on. */
  readonly isBusy: boolean;
  deliver(event: MessageEvent): void;
  /** Lets the core work through what came in, then passes its records on. */
  wake(): void;
}
