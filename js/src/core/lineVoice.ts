import type { Abi } from './abi.js';
import { isSendable } from './byteLength.js';
import type { LineUser } from './core.js';
import { TIMER_MS_MAX } from './host.js';
import type { LineOptions } from './lineOptions.js';
import type { LineSnapshot } from './lineSnapshot.js';
import type { LineTrouble } from './lineTrouble.js';
import { resolveUrl } from './lineUrl.js';
import type { OpenlineError } from './openlineError.js';
import { shielded } from './shielded.js';
import { singleFlight } from './singleFlight.js';

/** What is sent when nobody says otherwise: react-use-websocket's. */
const PING = 'ping';

/** What a line says of itself, as far as it matters here. */
export type Standing = Pick<LineSnapshot, 'status' | 'attempt' | 'retryAt'>;

/** Where the core takes its answers. */
export interface AnsweredCore {
  urlReady(socket: number, url: string): void;
  protocols(offered: string): void;
  urlFailed(socket: number, isFinal: boolean): void;
  credentials(socket: number, isReady: boolean): void;
  pingSent(socket: number): void;
  waitFor(ms: number): void;
}

/** Answers by calls of the core. */
export function answeredBy(call: (use: (abi: Abi, line: number) => void) => void): AnsweredCore {
  return {
    urlReady: (socket, url) => call((abi, line) => abi.lineUrlReady(line, socket, url)),
    protocols: (offered) => call((abi, line) => abi.lineSetProtocols(line, offered)),
    urlFailed: (socket, isFinal) => call((abi, line) => abi.lineUrlFailed(line, socket, isFinal)),
    credentials: (socket, isReady) =>
      call((abi, line) => abi.lineCredentials(line, socket, isReady)),
    pingSent: (socket) => call((abi, line) => abi.linePingSent(line, socket)),
    waitFor: (ms) => call((abi, line) => abi.lineChooseWait(line, ms)),
  };
}

/**
 * What the application says on a line when the core asks for it: URLs, credentials, the first
 * message of each connection, pings. It runs code of the application, so it is called outside of
 * the core only.
 */
export class LineVoice {
  /** The URL of the newest attempt. */
  url = '';
  /** The attempt that waits for its URL or credentials; 0: none does. */
  private asking = 0;
  /** The retry whose wait the application was last asked for. */
  private retry = 0;

  constructor(
    private readonly user: LineUser,
    private readonly core: AnsweredCore,
    private readonly trouble: LineTrouble,
  ) {}

  askUrl(socket: number): void {
    this.asking = socket;
    const decline = (error: unknown) => this.decline(socket, error);
    try {
      const url = this.user.url();
      const given = typeof url === 'function' ? url() : url;
      if (typeof given === 'string') this.say(socket, given);
      else Promise.resolve(given).then((late) => this.say(socket, late), decline);
    } catch (error) {
      decline(error);
    }
  }

  /** The line has another status: no late answer may show in place of its successor's. */
  stopAsking(): void {
    this.asking = 0;
  }

  /** The line is as it says, and all that led to it has been told. */
  follow({ status, attempt, retryAt }: Standing): void {
    if (status === 'open' || attempt === 0) this.retry = 0;
    // The wait for a turn of the budget is no other one, and who rests waits for the page.
    if (status !== 'waiting' || retryAt === null || attempt === this.retry) return;
    this.retry = attempt;
    shielded(() => this.askWait(attempt - 1));
  }

  /** Without `auth` a new attempt is all there is: what a URL function says may be new. */
  askCredentials(socket: number): void {
    const refresh = this.user.options().auth?.refresh;
    if (refresh === undefined) {
      this.core.credentials(socket, true);
      return;
    }
    this.asking = socket;
    singleFlight(refresh).then(
      () => this.core.credentials(socket, true),
      (error) => {
        if (socket !== this.asking) return;
        this.trouble.noCredentials(error);
        this.core.credentials(socket, false);
      },
    );
  }

  /** The first message of a connection, before all that waits. */
  greet(socket: WebSocket): void {
    const { hello } = this.user.options();
    const value = typeof hello === 'function' ? hello() : hello;
    if (value !== undefined) give(socket, value, 'hello');
  }

  ping(socket: number, raw: WebSocket | null): void {
    if (raw === null) return;
    // A closing socket takes nothing, and its close event may never come: it is judged like one
    // that does not answer.
    if (raw.readyState === 1) {
      const { heartbeat } = this.user.options();
      const { message = PING } = typeof heartbeat === 'object' ? heartbeat : {};
      give(raw, typeof message === 'function' ? message() : message, 'heartbeat.message');
    }
    // Not when it threw: what has not left cannot be answered.
    this.core.pingSent(socket);
  }

  /** Whether it can tell that a message is the reply to a ping. */
  get knowsReplies(): boolean {
    const { heartbeat } = this.user.options();
    return typeof heartbeat === 'object' && heartbeat.returnMessage !== undefined;
  }

  isReply(event: MessageEvent): boolean {
    return isReply(this.user.options().heartbeat, event);
  }

  private askWait(attempt: number): void {
    const { reconnectInterval } = this.user.options();
    if (typeof reconnectInterval !== 'function') return;
    const ms = reconnectInterval(attempt);
    if (typeof ms !== 'number' || !(ms >= 0)) {
      throw new TypeError('openline: reconnectInterval must give milliseconds from 0.');
    }
    this.core.waitFor(Math.min(ms, TIMER_MS_MAX));
  }

  private say(socket: number, url: unknown): void {
    if (socket !== this.asking) return;
    let resolved: string;
    try {
      resolved = resolveUrl(url);
    } catch (error) {
      this.trouble.badUrl(error as OpenlineError);
      this.core.urlFailed(socket, true);
      return;
    }
    this.url = resolved;
    const offered = this.user.protocols?.();
    if (offered !== undefined) this.core.protocols(offered.join(','));
    this.core.urlReady(socket, resolved);
  }

  private decline(socket: number, error: unknown): void {
    if (socket !== this.asking) return;
    this.trouble.noUrl(error);
    this.core.urlFailed(socket, false);
  }
}

/** What a function of the application throws passes through. */
export function isReply(heartbeat: LineOptions['heartbeat'], event: MessageEvent): boolean {
  const reply = typeof heartbeat === 'object' ? heartbeat.returnMessage : undefined;
  return typeof reply === 'function' ? reply(event) : reply !== undefined && event.data === reply;
}

/** A bare socket would make text of anything: 'null', '[object Promise]'. */
function give(socket: WebSocket, value: unknown, option: string): void {
  if (!isSendable(value)) {
    const given = value === null ? 'null' : typeof value;
    throw new TypeError(
      `openline: ${option} must give a string, a Blob, an ArrayBuffer or a view, not ${given}.`,
    );
  }
  socket.send(value as string); // the DOM's type knows no view of any buffer
}
