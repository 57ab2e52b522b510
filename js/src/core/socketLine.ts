import type { Core, DropCause } from './core.js';
import { Line } from './line.js';
import type { FirstListener, LineListener } from './lineListener.js';
import type { ResolvedOptions } from './options.js';
import { shielded } from './shielded.js';
import type { SocketEvents } from './socketEvents.js';
import type { SocketSession } from './socketSession.js';

/** A line and the sessions that use it: one, or all that share it. */
export class SocketLine implements FirstListener {
  /** The oldest first: what only one can say, it says. */
  readonly members: Set<SocketSession>;
  readonly line: Line;
  /** Null until the core is there, which alone asks for what the members say. */
  events: SocketEvents | null = null;

  constructor(
    readonly first: SocketSession,
    readonly options: ResolvedOptions,
  ) {
    this.members = new Set([first]);
    const user = {
      url: () => this.events?.url() ?? '',
      options: () => this.events?.asked() ?? {},
    };
    this.line = new Line(user, options, this);
  }

  followedBy(core: Core): LineListener {
    this.events = core.createEvents(this);
    return this.events;
  }

  changed(): void {
    for (const member of [...this.members]) member.changed();
  }

  dropped(data: unknown, cause: DropCause): void {
    for (const member of [...this.members]) shielded(() => member.drop(data, cause));
  }
}
