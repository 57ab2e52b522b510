import type { Core, CoreRecord, DropCause, Outage } from './core.js';

export type CloseDetails = Omit<CoreRecord & { kind: 'close' }, 'kind'>;

/** Who is told until the core is there: what nobody needs before that may come with it. */
export interface FirstListener {
  /** The core is there; whoever is answered is told from now on. */
  followedBy(core: Core): LineListener;
  changed(): void;
  dropped(value: unknown, cause: DropCause): void;
}

/** Who is told. Called in the order of events, outside of the core. */
export interface LineListener extends Pick<FirstListener, 'changed' | 'dropped'> {
  /** The core is there; events of the line follow. */
  loaded(core: Core): void;
  opened(): void;
  received(event: MessageEvent): void;
  /** In place of `received`: takes a message, and works it through later. False: it does not. */
  gather?(text: string): boolean;
  errored(): void;
  closed(details: CloseDetails): void;
  recovered(outage: Outage): void;
  /** What came in together has been passed on. */
  settled?(): void;
}
