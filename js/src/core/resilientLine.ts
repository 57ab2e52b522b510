import type { Sendable } from './byteLength.js';
import { closeEvent } from './closeEvent.js';
import type { ChosenByServer } from './core.js';
import { afterThisTask } from './host.js';
import { Line } from './line.js';
import type { CloseDetails, LineListener } from './lineListener.js';
import { type ResolvedOptions, resolveOptions } from './options.js';
import { endUnheard } from './resilientEnd.js';
import type { ResilientState } from './resilientState.js';
import { readyStateOf, type Status } from './status.js';
import { checkedProtocols } from './subprotocols.js';

/** What waits leaves in portions, so that a connection that breaks costs little of it. */
const HIGH_WATER_BYTES = 524_288;
const LOW_WATER_BYTES = 131_072;
const LOOK_EVERY_MS = 10;
const MESSAGE_BYTES_MAX = 134_217_728;
const DELAY_MS_MAX = 2_147_483_647;

/** What works for a `ResilientWebSocket` once the core is there. In the lazy chunk. */
export class ResilientLine implements LineListener {
  private readonly options: ResolvedOptions;
  private line: Line;
  private status: Status = 'idle';
  /** A close event is to come. */
  private isLive = false;
  /** Within `close()`, which has no events: they come in tasks of their own (WHATWG). */
  private isCalled = false;
  private protocols: readonly string[] = [];
  private cancelFlush = (): void => {};

  constructor(private readonly state: ResilientState) {
    this.options = lineOptions(state);
    if (typeof state.protocols !== 'function') this.protocols = checkedProtocols(state.protocols);
    this.line = this.newLine();
  }

  bufferedAmount(): number {
    return this.line.bufferedAmount();
  }

  setBinaryType(type: BinaryType): void {
    this.line.setBinaryType(type);
  }

  /** `waits`: nothing has become of it. */
  give(value: Sendable): 'sent' | 'dropped' | 'waits' {
    const { state, reason } = this.line.take(value, false);
    if (state !== 'refused') return 'sent';
    const { code } = reason;
    if (code !== 'unsendable' && code !== 'too-large') return 'waits';
    this.state.drop(value, code);
    return 'dropped';
  }

  close(code: number | undefined, reason: string): void {
    this.isCalled = true;
    this.line.close(code, reason);
    this.isCalled = false;
  }

  /** An open connection is closed so first, if a code is given. */
  connect(code?: number, reason?: string): void {
    if (this.line.isDisposed) this.line = this.newLine();
    else if (code !== undefined && this.line.snapshot.status === 'open') {
      this.line.close(code, reason);
    }
    this.line.reconnect();
    this.follow();
  }

  // For the line.

  loaded(): void {}

  changed(): void {
    const { state, line } = this;
    const { status, attempt, reason } = line.snapshot;
    state.retryCount = attempt;
    if (status === this.status) return;
    this.status = status;
    state.log(status, attempt, reason);
    if (status === 'closed' || status === 'failed') afterThisTask(() => this.finish(line));
    else if (status !== 'waiting') this.isLive = true;
    this.follow();
  }

  opened(): void {
    this.note(this.line.chosen());
    this.flush();
    // Unless an onDrop has closed it.
    if (this.state.readyState === 1) this.state.tell(new Event('open'));
  }

  received({ data, origin }: MessageEvent): void {
    if (this.state.readyState !== 1) return;
    this.state.tell(new MessageEvent('message', { data, origin }));
  }

  errored(): void {
    if (this.isCalled) {
      afterThisTask(() => this.errored());
      return;
    }
    // The close event is next; it is closed when either is told (WHATWG).
    this.state.readyState = 3;
    this.state.tell(new Event('error'));
  }

  closed(details: CloseDetails): void {
    this.isLive = false;
    if (this.isCalled) {
      afterThisTask(() => this.closed(details));
      return;
    }
    const { state } = this;
    const event = closeEvent(details);
    state.log('close', details.code);
    this.note(this.line.chosen());
    state.readyState = 3;
    let isGivenUp = false;
    try {
      isGivenUp = this.isTriedAgain(details) && !this.mayRetry(details, event);
      if (isGivenUp) {
        state.isWanted = false;
        this.line.close();
      }
    } finally {
      state.tell(event);
      // A line that is given up within its own turn says that it is closed only after it.
      this.isLive = !isGivenUp && this.line.snapshot.status === 'connecting';
      this.follow();
    }
  }

  recovered(): void {}

  dropped(data: unknown): void {
    this.state.drop(data, 'unsendable');
  }

  /** Nothing is known of an attempt that had no URL, or of a line that was let go. */
  private note(chosen: ChosenByServer): void {
    if (chosen.url !== '') this.state.chosen = chosen;
  }

  /** By itself; not because of `reconnect()`. */
  private isTriedAgain({ code }: CloseDetails): boolean {
    const { status } = this.line.snapshot;
    // After 4401 one attempt comes at once, which counts as no retry.
    return status === 'waiting' || (status === 'connecting' && code === 4401);
  }

  private mayRetry({ isOwn }: CloseDetails, event: CloseEvent): boolean {
    const { maxRetries, shouldReconnectOnClose } = this.state.settings;
    if (maxRetries === 0) return false;
    // What was let go because its page is away is nobody's to decide on.
    return isOwn === true || shouldReconnectOnClose?.(event) !== false;
  }

  /** After `close()` it is the end of the connection that says when it is closed. */
  private follow(): void {
    const { state } = this;
    if (state.isWanted) state.readyState = readyStateOf(this.line.snapshot.status) as 0 | 1 | 2 | 3;
  }

  /** The line has come to its end: it is told if no connection has, and the line is let go. */
  private finish(line: Line): void {
    const isOver = () => line === this.line && /closed|failed/.test(line.snapshot.status);
    if (!isOver() || line.isDisposed) return;
    this.state.isWanted = false;
    if (this.isLive) {
      this.isLive = false;
      endUnheard(this.state, line.snapshot.error);
    }
    if (isOver()) line.dispose();
  }

  /** Gives the connection what waits, as far as it takes it. */
  private flush(limit = HIGH_WATER_BYTES): void {
    this.cancelFlush();
    const { line } = this;
    const { queue } = this.state;
    const hasRoom = (below: number) => line.bufferedAmount() < below;
    for (let below = limit; queue.size > 0 && hasRoom(below); below = HIGH_WATER_BYTES) {
      // Taken off first: an onDrop may empty the queue or add to it.
      const oldest = queue.takeOldest();
      if (this.give(oldest.value as Sendable) !== 'waits') continue;
      queue.putBack(oldest);
      return;
    }
    if (queue.size === 0) return;
    // A WebSocket has no event for its bufferedAmount.
    this.cancelFlush = afterThisTask(() => {
      if (line === this.line && this.state.readyState === 1) this.flush(LOW_WATER_BYTES);
    }, LOOK_EVERY_MS);
  }

  private newLine(): Line {
    const { state } = this;
    const user = {
      url: () => {
        const isAsked = typeof state.url === 'function' || typeof state.protocols === 'function';
        return isAsked ? () => this.ask() : `${state.url}`;
      },
      protocols: () => this.protocols,
      options: () => ({ heartbeat: state.settings.heartbeat }),
    };
    const line = new Line(user, this.options, this);
    line.binaryType = state.binaryType;
    return line;
  }

  private async ask(): Promise<string> {
    const { url, protocols } = this.state;
    const [to, offered] = await Promise.all([
      typeof url === 'function' ? url() : url,
      typeof protocols === 'function' ? protocols() : protocols,
    ]);
    this.protocols = checkedProtocols(offered ?? undefined);
    return `${to}`;
  }
}

function lineOptions({ settings }: ResilientState): ResolvedOptions {
  const { minReconnectionDelay: minDelayMs, reconnectionDelayGrowFactor: factor } = settings;
  return resolveOptions({
    reconnect: {
      minDelayMs,
      maxDelayMs: settings.maxReconnectionDelay,
      baseDelayMs: Math.min(minDelayMs * (factor - 1), DELAY_MS_MAX),
      attempts: settings.maxRetries,
      stableAfterMs: settings.minUptime,
    },
    connectTimeoutMs: settings.connectionTimeout,
    heartbeat: settings.heartbeat,
    // What waits does so in the queue of the socket, which outlives every line.
    queue: { maxMessages: 0 },
    messageBytesMax: MESSAGE_BYTES_MAX,
  });
}
