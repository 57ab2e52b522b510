import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { closeReason } from './closeReason.js';
import { type Context, fail, now } from './context.js';
import { report } from './events.js';
import type { LineSocket, SocketOwner } from './lineSocket.js';
import { isOverdrawn, nextFullAt, type Rate } from './rateLimit.js';
import type { Run, Subscriber } from './subscriber.js';

/** An accepted upgrade. */
export interface Accepted {
  readonly socket: LineSocket;
  readonly raw: Duplex;
  readonly user: unknown;
  readonly userId: string;
  /** Kept only where sessions are checked again. */
  readonly headers: IncomingHttpHeaders | null;
}

/** `waiting` for its first frame, `answering` that, or `done`. */
export type Greeting = 'waiting' | 'answering' | 'done';

/** What a connection tells its server. */
export interface ConnectionHost {
  readonly context: Context;
  readonly frameRate: Rate;
  /** It takes part in nothing any more; its socket may still be closing. */
  left(connection: Connection): void;
  /** Its socket is gone. */
  gone(connection: Connection): void;
}

/** What all connections have: a socket, a user, subscriptions, and limits on each of them. */
export abstract class Connection implements SocketOwner, Subscriber {
  user: unknown;
  readonly userId: string;
  readonly headers: IncomingHttpHeaders | null;
  readonly streams = new Set<string>();
  readonly openedAt = now();
  /** When it last gave a sign of life. */
  heardAt = this.openedAt;
  /** Since when it has been beyond its rate; 0: it is not. */
  overSince = 0;
  /** Since when too much has been unsent; 0: it is not. */
  unsentSince = 0;
  /** When it was last asked for a sign of life. */
  probedAt = 0;
  /** When its session and grants are checked again. */
  recheckAt = Number.POSITIVE_INFINITY;
  /** Once closing: when its socket is ended without ceremony. */
  terminateAt = 0;
  protected readonly host: ConnectionHost;
  protected readonly socket: LineSocket;
  private closeCode = 0;
  private closeText = '';
  private fullAt = 0;

  constructor(host: ConnectionHost, { socket, raw, user, userId, headers }: Accepted) {
    this.host = host;
    this.socket = socket;
    this.user = user;
    this.userId = userId;
    this.headers = headers;
    socket.adopt(this, raw);
  }

  get context(): Context {
    return this.host.context;
  }

  get unsent(): number {
    return this.socket.bufferedAmount;
  }

  get isClosing(): boolean {
    return this.closeCode !== 0 || this.socket.readyState !== WebSocket.OPEN;
  }

  abstract get greeting(): Greeting;
  /** More of it waits to be handled than should. */
  protected abstract get isBacklogged(): boolean;
  /** Asks for a sign of life. */
  abstract probe(): void;
  /** The server is going, and the client is to come back. */
  abstract goAway(reason: string, spreadMs: number): void;
  abstract refuseStream(stream: string): void;
  abstract take(run: Run): void;
  abstract flush(): void;
  abstract resync(index: number, epoch: string, top: number): void;
  protected abstract receiveText(text: string, bytes: number): void;

  receive(bytes: Buffer, isBinary: boolean): void {
    if (this.isClosing) return;
    this.hear();
    if (isBinary) {
      this.close(1003, 'clients send text');
      return;
    }
    try {
      this.receiveText(bytes.toString(), bytes.length);
    } catch (error) {
      this.fail(error); // thrown on, it would end the process
    }
  }

  /** Answered by hand, so that a flood of pings is throttled like one of messages. */
  receivePing(bytes: Buffer): void {
    if (this.isClosing) return;
    this.hear();
    this.socket.pong(bytes);
    this.cutIfFull();
  }

  receivePong(): void {
    if (!this.isClosing) this.hear();
  }

  /** `close` follows. */
  failed(error: Error): void {
    const code = errorCode(error);
    // `ws` has sent this very code; what is left is to take part in nothing any more.
    if (code.startsWith('WS_ERR_')) {
      this.close(FRAME_ERRORS[code] ?? 1002, 'no such frame');
      return;
    }
    if (code === 'ECONNRESET' || code === 'EPIPE') return; // how connections end
    fail(this.context, 'socket', error, { user: this.userId });
  }

  closed(code: number, reason: string): void {
    const { handlers } = this.context;
    this.leave();
    report(handlers.onEvent, {
      type: 'closed',
      user: this.userId,
      code: this.closeCode || code,
      reason: this.closeText || closeReason(reason),
    });
    this.host.gone(this);
  }

  drained(): void {
    if (!this.isClosing) this.context.hub.drained(this);
  }

  /** The broker failed while nobody waited for its answer, or something that must not fail did. */
  fail(error: unknown): void {
    fail(this.context, 'broker', error, { user: this.userId });
    this.close(4500, 'the broker failed');
  }

  send(frame: string | Uint8Array): void {
    if (this.isClosing) return;
    this.socket.send(frame);
    this.cutIfFull();
  }

  close(code: number, reason: string): void {
    if (this.closeCode !== 0) return;
    this.closeCode = code;
    this.closeText = closeReason(reason);
    this.context.counters.countClose(code);
    const { closeTimeoutMs } = this.context.settings.limits;
    // Who reads too slowly would get the close frame behind all that is unsent.
    const patience = code === 1013 ? Math.min(closeTimeoutMs, 1_000) : closeTimeoutMs;
    this.terminateAt = now() + patience;
    this.leave();
    this.readOn(); // or the closing handshake would not be read either
    this.socket.close(code, this.closeText);
  }

  /** Ends the socket without ceremony. */
  terminate(): void {
    this.socket.terminate();
  }

  /** Takes up reading again, unless there is a reason not to. */
  readOn(at = now()): void {
    if (!this.socket.isPaused) return;
    const mayRead = !isOverdrawn(this.fullAt, at, this.host.frameRate) && !this.isBacklogged;
    if (mayRead || this.isClosing) this.socket.resume();
  }

  /** Whether what it has taken of its rate is given back by half. */
  isRested(at: number): boolean {
    return this.fullAt - at <= (this.host.frameRate.burst * 500) / this.host.frameRate.perSecond;
  }

  /** Ends one subscription. */
  unsubscribe(stream: string): void {
    if (!this.streams.delete(stream)) return;
    this.context.hub.leave(this, stream);
    this.unsubscribed(stream);
  }

  private hear(): void {
    const at = now();
    this.heardAt = at;
    this.fullAt = nextFullAt(this.fullAt, at, this.host.frameRate);
    if (this.socket.isPaused || !isOverdrawn(this.fullAt, at, this.host.frameRate)) return;
    this.context.counters.throttled += 1;
    this.overSince ||= at;
    this.socket.pause();
  }

  private cutIfFull(): void {
    if (this.unsent > this.context.settings.limits.unsentBytesMax) this.close(1013, 'too slow');
  }

  private leave(): void {
    const { hub } = this.context;
    hub.leaveAll(this);
    for (const stream of this.streams) this.unsubscribed(stream);
    this.streams.clear();
    this.host.left(this);
  }

  private unsubscribed(stream: string): void {
    this.context.counters.subscriptions -= 1;
    this.context.presence.attend(stream, this.userId, -1);
  }
}

/** RFC 6455, 7.4.1: the codes with which `ws` answers frames that it does not take. */
const FRAME_ERRORS: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
};

function errorCode(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : '';
}
