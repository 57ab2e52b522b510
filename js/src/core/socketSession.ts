import type { DropCause, LineUser, Outage } from './core.js';
import { afterThisTask } from './host.js';
import type { SendReceipt } from './line.js';
import type { AskedOptions } from './lineOptions.js';
import { IDLE, type LineSnapshot } from './lineSnapshot.js';
import { LineWebSocket } from './lineWebSocket.js';
import type { MessageFeed } from './messageFeed.js';
import type { ResolvedOptions } from './options.js';
import { SocketLine } from './socketLine.js';
import type { QueryParams } from './withQuery.js';

/** A message that will not be passed on. */
export interface DropNotice {
  /** The message, or what was given to send it. */
  readonly data: unknown;
  /**
   * `closed`: it waited when the line was closed. `expired`: it waited for longer than
   * `queue.ttlMs`. `overflow`: the queue was full, and `queue.overflow` says to drop it.
   * `unsendable`: the browser refused to send it. `backlog`: it came in while more than 100,000
   * messages waited to be shown as `lastMessage`.
   */
  readonly cause: DropCause | 'backlog';
}

/** What a session asks of its user, always as it is now. */
export interface SessionUser extends LineUser {
  /** Goes into the query of the URL. */
  readonly query?: QueryParams | undefined;
  options(): AskedOptions & SessionCallbacks;
}

export interface SessionCallbacks {
  /** The line is open: the first time, and after each outage. */
  onOpen?: ((event: Event) => void) | undefined;
  /** Every message, in order, at once; the place for high rates. */
  onMessage?: ((event: MessageEvent) => void) | undefined;
  /** A connection or an attempt has failed; `onClose` follows. The event says nothing of why. */
  onError?: ((event: Event) => void) | undefined;
  /** Once for each connection or attempt that ended. Not on unmount. */
  onClose?: ((event: CloseEvent) => void) | undefined;
  /** The line is open again after it was lost: how long, and what may be missing. */
  onOutage?: ((outage: Outage) => void) | undefined;
  /** The last retry allowed has failed; `reconnect()` starts anew. */
  onReconnectStop?: ((attempts: number) => void) | undefined;
  /** A message that was waiting, or had come in, will not be passed on. */
  onDrop?: ((notice: DropNotice) => void) | undefined;
  /**
   * False after a close: the line stays closed. Not asked where another attempt would not help. On
   * a shared line the one who wants to go on counts.
   *
   * @default always true
   */
  shouldReconnect?: ((event: CloseEvent) => boolean) | undefined;
  /**
   * False: what ended without a closing handshake, or failed before it was open, is not tried
   * again, unless `shouldReconnect` is given, which then decides. @default true
   */
  retryOnError?: boolean | undefined;
  /** Which messages become `lastMessage` (true alone); `onMessage` gets all. @default all */
  filter?: ((event: MessageEvent) => boolean) | undefined;
}

const CALLBACKS = {
  open: 'onOpen',
  message: 'onMessage',
  error: 'onError',
  close: 'onClose',
} as const;

export interface SessionSnapshot extends LineSnapshot {
  readonly lastMessage: MessageEvent | null;
}

export const IDLE_SESSION: SessionSnapshot = Object.freeze({ ...IDLE, lastMessage: null });

/** What a line that is joined says of a message, as a cause. */
const DROPPED_AS: Readonly<Record<string, DropCause>> = {
  'queue-full': 'overflow',
  unsendable: 'unsendable',
};

/** The lines of this page that are shared, by what those who share one have in common. */
const shared = new Map<string, SocketLine>();

/**
 * A line with its WebSocket-shaped face and the messages to show, for one component. Making it does
 * nothing; `acquire` opens the line and `release` lets it go after the present task, so that an
 * unmount which is followed by a mount at once (React's StrictMode) keeps the socket.
 */
export class SocketSession {
  readonly socket = new LineWebSocket(
    () => this.at.line,
    (type, event) => this.user.options()[CALLBACKS[type]]?.(event as MessageEvent & CloseEvent),
  );
  /** Null until the core is there. */
  feed: MessageFeed<MessageEvent> | null = null;
  isWatched = false;
  private readonly listeners = new Set<() => void>();
  private snapshot = IDLE_SESSION;
  private at: SocketLine;
  private cancelRelease = (): void => {};
  private isHeld = false;

  /** @param shareKey sessions with the same share a line; null: a line of its own */
  constructor(
    readonly user: SessionUser,
    private readonly options: ResolvedOptions,
    readonly shareKey: string | null = null,
  ) {
    this.at = new SocketLine(this, options);
  }

  /** Mounted: true from `acquire` until `release` has taken effect. */
  get isAcquired(): boolean {
    return this.isHeld;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): SessionSnapshot => this.snapshot;

  /** The message to show; from the first call on messages are shown one by one. */
  watchMessages(): void {
    this.isWatched = true;
    this.feed?.watch();
  }

  acquire(): void {
    this.cancelRelease();
    const { shareKey } = this;
    // A line that was let go is spent; its successor goes on with what the user had set.
    if (this.at.line.isDisposed) this.renewLine();
    const others = shareKey === null ? undefined : shared.get(shareKey);
    this.isHeld = true;
    if (others !== undefined && others !== this.at && this.suits(others)) {
      this.join(others);
      return;
    }
    if (shareKey !== null) shared.set(shareKey, this.at);
    // Who comes later finds the line as it is: somebody may have closed it.
    if (this.at.members.size === 1) this.at.line.open();
  }

  release(): void {
    this.cancelRelease();
    this.cancelRelease = afterThisTask(() => this.discard());
  }

  /** Lets the line go now: nothing it still says is passed on. */
  discard(): void {
    this.cancelRelease();
    const { at, shareKey } = this;
    this.isHeld = false;
    at.members.delete(this);
    if (shareKey !== null) {
      // What others go on with is not for this one any more. They may come in this very task: one
      // page goes, and the next one shows the same.
      this.renewLine();
      afterThisTask(() => {
        if (at.members.size > 0) return;
        if (shared.get(shareKey) === at) shared.delete(shareKey);
        at.line.dispose();
      });
    }
    this.at.line.dispose();
    this.feed?.clear();
    this.changed();
  }

  send(value: unknown, keep?: boolean): SendReceipt {
    return this.at.line.send(value, keep);
  }

  /** Nothing while nobody holds the session: no socket that nobody would close. */
  reconnect(): void {
    if (this.isHeld) this.at.line.reconnect();
  }

  close(code?: number, reason?: string): void {
    this.at.line.close(code, reason);
  }

  // For the line.

  changed(): void {
    const { line } = this.at;
    const known = line.isDisposed ? IDLE : line.snapshot;
    this.snapshot = { ...known, lastMessage: this.feed?.current ?? null };
    for (const listener of [...this.listeners]) listener();
  }

  drop(data: unknown, cause: DropNotice['cause']): void {
    this.user.options().onDrop?.({ data, cause });
  }

  /** Nobody's line with other limits is on its way out: this one's replaced it. */
  private suits({ members, options }: SocketLine): boolean {
    return members.size > 0 || `${options.values}` === `${this.options.values}`;
  }

  /** What was sent before the component was mounted goes along. */
  private join(others: SocketLine): void {
    const waiting = this.at.line.takeWaiting();
    this.at = others;
    others.members.add(this);
    others.events?.joined(this);
    for (const value of waiting) {
      const { reason } = others.line.take(value);
      const { code } = reason ?? {};
      // A line that drops the newest has told so itself.
      const isTold = code === 'queue-full' && others.options.queueOverflow === 'drop-newest';
      if (code !== undefined && !isTold) this.drop(value, DROPPED_AS[code] ?? 'closed');
    }
    this.changed();
  }

  private renewLine(): void {
    const { binaryType } = this.at.line;
    this.at = new SocketLine(this, this.options);
    this.at.line.binaryType = binaryType;
  }
}
