import { checkCloseArguments } from '../../js/src/core/closeArguments.js';

type Listener = (event: object) => void;
type EventType = 'open' | 'message' | 'error' | 'close';

/** All sockets that were made, oldest first, and what their browser still has to tell. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  /** Makes the next socket throw in its constructor. */
  refusesNext = false;
  /** Is told of each socket that was made, and of each value as it is given to one. */
  onMade: (socket: FakeSocket) => void = () => {};
  onSent: (socket: FakeSocket, value: unknown) => void = () => {};
  private tasks: (() => void)[] = [];

  get newest(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was made');
    return socket;
  }

  /** Those that are connecting or open and have somebody who listens. */
  get live(): FakeSocket[] {
    return this.sockets.filter(({ readyState, onclose }) => readyState <= 1 && onclose !== null);
  }

  /** Everything that was sent, over all sockets. */
  get sent(): unknown[] {
    return this.sockets.flatMap(({ sent }) => sent);
  }

  later(task: () => void): void {
    this.tasks.push(task);
  }

  /** What the browser does in tasks of its own: the ends of closed connections. */
  settle(): void {
    for (const task of this.tasks.splice(0)) task();
  }
}

/** A class for `globalThis.WebSocket` whose other end a test plays. */
export function fakeSocketClass(network: FakeNetwork): typeof WebSocket {
  class Fake extends FakeSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(network, url, protocols);
      if (network.refusesNext) {
        network.refusesNext = false;
        throw new SyntaxError(`The URL '${url}' is invalid.`);
      }
      network.sockets.push(this);
      network.onMade(this);
    }
  }
  return Fake as unknown as typeof WebSocket;
}

/** A WebSocket (WHATWG) as a page sees it; the methods of the other end are below. */
export class FakeSocket {
  readyState: 0 | 1 | 2 | 3 = 0;
  binaryType: BinaryType = 'blob';
  bufferedAmount = 0;
  protocol = '';
  readonly extensions = '';
  onopen: Listener | null = null;
  onmessage: Listener | null = null;
  onerror: Listener | null = null;
  onclose: Listener | null = null;
  /** What was really given to the connection. */
  readonly sent: unknown[] = [];
  /** What the page closed it with. */
  closedWith: { code: number | undefined; reason: string | undefined } | null = null;
  /** The connection is dead, which nobody has noticed: nothing arrives, no closing either. */
  isDead = false;
  refusesNextSend = false;
  private readonly listeners: [EventType, Listener][] = [];

  constructor(
    private readonly network: FakeNetwork,
    readonly url: string,
    readonly protocols?: string | string[],
  ) {}

  addEventListener(type: EventType, listener: Listener): void {
    this.listeners.push([type, listener]);
  }

  send(value: unknown): void {
    if (this.readyState === 0) throw new DOMException('still connecting', 'InvalidStateError');
    if (this.readyState !== 1) return;
    if (this.refusesNextSend) {
      this.refusesNextSend = false;
      throw new TypeError('no such value');
    }
    this.sent.push(value);
    this.network.onSent(this, value);
  }

  close(code?: number, reason?: string): void {
    checkCloseArguments(code, reason);
    if (this.readyState >= 2) return;
    const wasConnecting = this.readyState === 0;
    this.closedWith = { code, reason };
    this.readyState = 2;
    if (wasConnecting) this.network.later(() => this.fail());
    else if (!this.isDead) this.network.later(() => this.end(code ?? 1005, reason, true));
  }

  // The other end.

  accept(protocol = ''): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.protocol = protocol;
    this.tell('open', {});
  }

  say(data: unknown): void {
    if (this.readyState === 1 && !this.isDead) this.tell('message', { data, origin: '' });
  }

  /** Closes with this code, or lets the connection fall without one. */
  end(code: number, reason = '', wasClean = true): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.tell('close', { code, reason, wasClean });
  }

  /** The connection could not be made, or broke: error, then close. */
  fail(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.tell('error', {});
    this.tell('close', { code: 1006, reason: '', wasClean: false });
  }

  private tell(type: EventType, details: object): void {
    const event = { type, target: this, ...details };
    for (const [wanted, listener] of [...this.listeners]) {
      if (wanted === type) listener(event);
    }
    this[`on${type}`]?.(event);
  }
}
