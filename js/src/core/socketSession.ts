import type { DropCause } from './core.js';
import { afterThisTask } from './host.js';
import {
  type CloseDetails,
  IDLE,
  Line,
  type LineListener,
  type LineSnapshot,
  type SendReceipt,
} from './line.js';
import type { LineUrl } from './lineUrl.js';
import { closeEvent, LineWebSocket } from './lineWebSocket.js';
import { MessageFeed } from './messageFeed.js';
import type { ResolvedOptions } from './options.js';

/** A message that will not be passed on. */
export interface DropNotice {
  readonly data: unknown;
  /**
   * `closed`: it waited when the line was closed. `unsendable`: the browser refused to send it.
   * `backlog`: it came in while more than 100,000 messages waited to be shown as `lastMessage`.
   */
  readonly cause: Exclude<DropCause, 'stale'> | 'backlog';
}

/** What a session asks of its user, always as it is now. */
export interface SessionUser {
  url(): LineUrl;
  onOpen(event: Event): void;
  onMessage(event: MessageEvent): void;
  onError(event: Event): void;
  onClose(event: CloseEvent): void;
  onDrop(notice: DropNotice): void;
  /** The line failed because no retry is left. */
  onReconnectStop(attempts: number): void;
  shouldReconnect(event: CloseEvent): boolean;
  /** Which messages become `lastMessage`. */
  filter(event: MessageEvent): boolean;
}

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
  readonly socket = new LineWebSocket(() => this.line);
  private readonly feed = new MessageFeed<MessageEvent>(
    () => this.changed(),
    (left) => this.user.onDrop({ data: left.data, cause: 'backlog' }),
  );
  private readonly listeners = new Set<() => void>();
  private snapshot = IDLE_SESSION;
  private present: Line | null = null;
  private cancelRelease = (): void => {};
  private isHeld = false;

  constructor(
    private readonly user: SessionUser,
    private readonly options: ResolvedOptions,
  ) {
    // Listeners rather than calls: an exception in one of them hurts nobody else (DOM, dispatch).
    this.socket.addEventListener('open', (event) => user.onOpen(event));
    this.socket.addEventListener('message', (event) => user.onMessage(event));
    this.socket.addEventListener('error', (event) => user.onError(event));
    this.socket.addEventListener('close', (event) => user.onClose(event));
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
    this.feed.watch();
  }

  acquire(): void {
    this.cancelRelease();
    this.isHeld = true;
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
    this.present?.dispose();
    this.present = null;
    this.feed.clear();
    this.changed();
  }

  send(value: unknown): SendReceipt {
    return this.line.send(value);
  }

  /** Nothing while nobody holds the session: no socket that nobody would close. */
  reconnect(): void {
    if (this.isHeld) this.line.reconnect();
  }

  close(code?: number, reason?: string): void {
    this.line.close(code, reason);
  }

  // For the line.

  changed(): void {
    const line = this.present?.snapshot ?? IDLE;
    this.snapshot = { ...line, lastMessage: this.feed.current };
    for (const listener of [...this.listeners]) listener();
  }

  opened(): void {
    this.socket.dispatchEvent(new Event('open'));
  }

  received({ data, origin }: MessageEvent): void {
    const event = new MessageEvent('message', { data, origin });
    this.socket.dispatchEvent(event);
    if (!this.isHeld || !this.user.filter(event)) return;
    this.feed.push(event);
    // Not watched, nobody was told; but who begins to read finds the newest.
    const { snapshot, feed } = this;
    if (snapshot.lastMessage !== feed.current) {
      this.snapshot = { ...snapshot, lastMessage: feed.current };
    }
  }

  errored(): void {
    this.socket.dispatchEvent(new Event('error'));
  }

  closed(details: CloseDetails): void {
    const event = closeEvent(details);
    this.socket.dispatchEvent(event);
    const { status, reason, attempt } = this.line.snapshot;
    if (reason === 'attempts') this.user.onReconnectStop(attempt);
    if (status === 'waiting' && !this.user.shouldReconnect(event)) this.line.close();
  }

  dropped(data: unknown, cause: DropNotice['cause']): void {
    this.user.onDrop({ data, cause });
  }

  private get line(): Line {
    this.present ??= new Line(() => this.user.url(), this.options, this);
    return this.present;
  }
}
