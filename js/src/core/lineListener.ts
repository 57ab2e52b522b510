import type { Core, CoreRecord, DropCause, Outage } from './core.js';

export type CloseDetails = Omit<CoreRecord & { kind: 'close' }, 'kind'>;

/** Who is told. Called in the order of events, outside of the core. */
export interface LineListener {
  /** The core is there; events of the line follow. */
  loaded(core: Core): void;
  /** What is known of the line is something else. For the line to call, as what follows. */
  changed(): void;
  /** A connection is open. */
  opened(): void;
  /** A message has come in. */
  received(event: MessageEvent): void;
  /** In place of `received`: takes a message, and works it through later. False: it does not. */
  gather?(text: string): boolean;
  /** A connection or an attempt has failed. */
  errored(): void;
  /** A connection or an attempt has ended. */
  closed(details: CloseDetails): void;
  /** The line is open again after it was lost. */
  recovered(outage: Outage): void;
  /** A message that waited will not be sent. */
  dropped(value: unknown, cause: DropCause): void;
  /** What came in together has been passed on. */
  settled?(): void;
}
