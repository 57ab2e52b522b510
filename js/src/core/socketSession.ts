import type { Core, DropCause, Feed, LineUser, Outage } from './core.js';
import { afterThisTask } from './host.js';
import { Line, type SendReceipt } from './line.js';
import type { CloseDetails, LineListener } from './lineListener.js';
import type { AskedOptions } from './lineOptions.js';
import { IDLE, type LineSnapshot } from './lineSnapshot.js';
import { closeEvent, LineWebSocket } from './lineWebSocket.js';
import type { ResolvedOptions } from './options.js';

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
   * False after a close: the line stays closed. Not asked where another attempt would not help.
   *
   * @default always true
   */
  shouldReconnect?: ((event: CloseEvent) => boolean) | undefined;
  /** Which messages become `lastMessage`; `onMessage` gets all. @default all */
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

/**
 * A line with its WebSocket-shaped face and the messages to show, for one component. Making it does
 * nothing; `acquire` opens the line and `release` lets it go after the present task, so that an
 * unmount which is followed by a mount at once (React's StrictMode) keeps the socket.
 */
export class SocketSession implements LineListener {
  readonly socket = new LineWebSocket(
    () => this.line,
    (type, event) => this.user.options()[CALLBACKS[type]]?.(event as MessageEvent & CloseEvent),
  );
  private feed: Feed<MessageEvent> | null = null;
  private isWatched = false;
  private readonly listeners = new Set<() => void>();
  private snapshot = IDLE_SESSION;
  private line: Line;
  private cancelRelease = (): void => {};
  private isHeld = false;

  constructor(
    private readonly user: SessionUser,
    private readonly options: ResolvedOptions,
  ) {
    this.line = this.newLine();
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
    this.isHeld = true;
    // A line that was let go is spent; its successor goes on with what the user had set.
    if (this.line.isDisposed) {
      const { binaryType } = this.line;
      this.line = this.newLine();
      this.line.binaryType = binaryType;
    }
    this.line.open();
  }

  release(): void {
    this.cancelRelease();
    this.cancelRelease = afterThisTask(() => this.discard());
  }

  /** Lets the line go now: nothing it still says is passed on. */
  discard(): void {
    this.cancelRelease();
    this.isHeld = false;
    this.line.dispose();
    this.feed?.clear();
    this.changed();
  }

  send(value: unknown, keep?: boolean): SendReceipt {
    return this.line.send(value, keep);
  }

  /** Nothing while nobody holds the session: no socket that nobody would close. */
  reconnect(): void {
    if (this.isHeld) this.line.reconnect();
  }

  close(code?: number, reason?: string): void {
    this.line.close(code, reason);
  }

  // For the line.

  loaded(core: Core): void {
    this.feed ??= core.createFeed(
      () => this.changed(),
      (left) => this.user.options().onDrop?.({ data: left.data, cause: 'backlog' }),
    );
    if (this.isWatched) this.feed.watch();
  }

  changed(): void {
    const known = this.line.isDisposed ? IDLE : this.line.snapshot;
    this.snapshot = { ...known, lastMessage: this.feed?.current ?? null };
    for (const listener of [...this.listeners]) listener();
  }

  opened(): void {
    this.socket.dispatchEvent(new Event('open'));
  }

  received({ data, origin }: MessageEvent): void {
    const event = new MessageEvent('message', { data, origin });
    this.socket.dispatchEvent(event);
    const { filter, heartbeat } = this.user.options();
    if (!this.isHeld || filter?.(event) === false) return;
    const isReply = typeof heartbeat === 'object' && heartbeat.returnMessage === data;
    if (!isReply) this.feed?.push(event);
  }

  errored(): void {
    this.socket.dispatchEvent(new Event('error'));
  }

  closed(details: CloseDetails): void {
    const event = closeEvent(details);
    const { status, reason, attempt } = this.line.snapshot;
    // After 4401 the credentials are renewed first. What the line let go by itself, because its
    // page is away, is nobody's to decide on.
    const isTriedAgain =
      !details.isOwn &&
      (status === 'waiting' || (status === 'connecting' && details.code === 4401));
    // Asked first, so that a reconnect() in onClose has the last word.
    const { shouldReconnect, onReconnectStop } = this.user.options();
    try {
      if (isTriedAgain && shouldReconnect?.(event) === false) this.line.close();
    } finally {
      this.socket.dispatchEvent(event);
      if (reason === 'attempts') onReconnectStop?.(attempt);
    }
  }

  recovered(outage: Outage): void {
    this.user.options().onOutage?.(outage);
  }

  dropped(data: unknown, cause: DropNotice['cause']): void {
    this.user.options().onDrop?.({ data, cause });
  }

  private newLine(): Line {
    return new Line(this.user, this.options, this);
  }
}
