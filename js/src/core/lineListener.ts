import type { Core, CoreRecord, DropCause, Outage } from './core.js';

export type CloseDetails = Omit<CoreRecord & { kind: 'close' }, 'kind'>;

/** Who is told until the core is there: what nobody needs before that may come with it. */
export interface FirstListener {
  /** The core is there; whoever is answered is told from now on. */
  followedBy(core: Core): LineListener;
  /** What is known of the line is something else. */
  changed(): void;
  /** A message that waited will not be sent. */
  dropped(value: unknown, cause: DropCause): void;
}

/** Who is told. Called in the order of events, outside of the core. */
export interface LineListener extends Pick<FirstListener, 'changed' | 'dropped'> {
  /** The core is there; events of the line follow. */
  loaded(core: Core): void;
  /** A connection is open. For the line to call, as what follows. */
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
  /** What came in together has been passed on. */
  settled?(): void;
}
