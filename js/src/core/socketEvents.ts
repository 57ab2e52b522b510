import { closeEvent } from './closeEvent.js';
import type { Outage } from './core.js';
import type { CloseDetails, LineListener } from './lineListener.js';
import type { AskedOptions } from './lineOptions.js';
import type { LineUrl } from './lineUrl.js';
import { MessageFeed } from './messageFeed.js';
import { shielded } from './shielded.js';
import type { SocketLine } from './socketLine.js';
import type { SocketSession } from './socketSession.js';
import { urlWith } from './withQuery.js';

const ASKED = ['heartbeat', 'hello', 'auth', 'reconnectInterval'] as const;

/**
 * What a line tells the sessions that use it. In the lazy chunk: nothing is told before the core is
 * there. What one of them throws reaches the page, and the others are told all the same.
 */
export class SocketEvents implements LineListener {
  /** What was last said by somebody who may have left: the line was made for it. */
  private readonly said: Partial<Record<(typeof ASKED)[number], unknown>> = {};

  constructor(private readonly at: SocketLine) {}

  /** What only one can say, the oldest member says that has something to say. */
  asked(): AskedOptions {
    const members = [...this.at.members];
    const [first] = members;
    if (first?.shareKey === null) return first.user.options();
    const all = members.map(({ user }) => user.options());
    for (const name of ASKED) {
      const by = all.find((options) => isSaid(name, options[name]));
      if (by !== undefined) this.said[name] = by[name];
    }
    return this.said as AskedOptions;
  }

  /** Where the oldest member wants to go; the first, while nobody uses the line. */
  url(): LineUrl {
    const [{ user } = this.at.first] = this.at.members;
    return urlWith(user.url(), user.query);
  }

  loaded(): void {
    this.each((member) => this.joined(member));
  }

  /** A session that the line had, or that comes later, is shown messages. */
  joined(member: SocketSession): void {
    member.feed ??= new MessageFeed<MessageEvent>(
      () => member.changed(),
      ({ data }) => member.drop(data, 'backlog'),
    );
    if (member.isWatched) member.feed.watch();
  }

  changed(): void {
    this.at.changed();
  }

  opened(): void {
    this.each(({ socket }) => socket.dispatchEvent(new Event('open')));
  }

  received({ data, origin }: MessageEvent): void {
    const { heartbeat } = this.asked();
    const isReply = typeof heartbeat === 'object' && heartbeat.returnMessage === data;
    this.each((member) => {
      const event = new MessageEvent('message', { data, origin });
      member.socket.dispatchEvent(event);
      const { filter } = member.user.options();
      // In the words of react-use-websocket: only true lets a message through.
      if (!member.isAcquired || (filter && filter(event) !== true)) return;
      if (!isReply) member.feed?.push(event);
    });
  }

  errored(): void {
    this.each(({ socket }) => socket.dispatchEvent(new Event('error')));
  }

  closed(details: CloseDetails): void {
    const { line } = this.at;
    const { status, reason, attempt } = line.snapshot;
    // After 4401 the credentials are renewed first. What the line let go by itself, because its
    // page is away, is nobody's to decide on.
    const isTriedAgain =
      !details.isOwn &&
      (status === 'waiting' || (status === 'connecting' && details.code === 4401));
    // Asked first, so that a reconnect() in onClose has the last word.
    if (isTriedAgain && !this.isWanted(details)) line.close();
    this.each(({ socket, user }) => {
      socket.dispatchEvent(closeEvent(details));
      if (reason === 'attempts') user.options().onReconnectStop?.(attempt);
    });
  }

  recovered(outage: Outage): void {
    this.each(({ user }) => user.options().onOutage?.(outage));
  }

  dropped(data: unknown, cause: Parameters<LineListener['dropped']>[1]): void {
    this.at.dropped(data, cause);
  }

  /** All are asked; the line is tried again for any of them. */
  private isWanted(details: CloseDetails): boolean {
    const event = closeEvent(details);
    let wanted = 0;
    this.each(({ user }) => {
      const { shouldReconnect, retryOnError } = user.options();
      wanted += 1; // also by one who throws
      const isGivenUp = shouldReconnect
        ? !shouldReconnect(event)
        : retryOnError === false && !details.wasClean;
      if (isGivenUp) wanted -= 1;
    });
    // Between the last who left and the next who comes the line is as it was.
    return wanted > 0 || this.at.members.size === 0;
  }

  private each(tell: (member: SocketSession) => void): void {
    for (const member of [...this.at.members]) shielded(() => tell(member));
  }
}

/** The waits of a number are the line's own, whoever has another one. */
function isSaid(name: (typeof ASKED)[number], said: unknown): boolean {
  return name === 'reconnectInterval' ? typeof said === 'function' : said !== undefined;
}
