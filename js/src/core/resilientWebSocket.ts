import { isSendable, type Sendable } from './byteLength.js';
import { checkCloseArguments } from './closeArguments.js';
import { afterThisTask, logToConsole } from './host.js';
import { resolveUrl } from './lineUrl.js';
import { loadCore } from './loadCore.js';
import { messageOf } from './openlineError.js';
import { endUnheard } from './resilientEnd.js';
import type { ResilientLine } from './resilientLine.js';
import { type ResilientWebSocketOptions, resolveResilience } from './resilientOptions.js';
import type { ProtocolsProvider, ResilientState, UrlProvider } from './resilientState.js';
import { SendQueue } from './sendQueue.js';
import { shielded } from './shielded.js';
import { checkedProtocols } from './subprotocols.js';
import { WebSocketEvents } from './webSocketEvents.js';

/**
 * A WebSocket (WHATWG) that reconnects: the same object over all connections, each of which has its
 * `open` and its `close` event. Unlike a WebSocket's, `send` takes messages while it is not open:
 * they wait, go out first and in order with the next connection, and `close()` keeps them.
 */
export class ResilientWebSocket extends WebSocketEvents implements WebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  private readonly state: ResilientState;
  /** Null before the core is there. */
  private line: ResilientLine | null = null;
  private isLoading = false;

  /**
   * A class with these options, for libraries that make WebSockets of a class that they are given.
   * Those that reconnect by themselves need `{ maxRetries: 0 }`, or both would.
   *
   * @throws TypeError when an option is of the wrong type or out of range
   */
  static with(options: ResilientWebSocketOptions): typeof ResilientWebSocket {
    resolveResilience(options);
    // biome-ignore lint/complexity/noThisInStatic: a class with options can be given more of them
    return class extends this {
      constructor(...[url, protocols, own]: ConstructorParameters<typeof ResilientWebSocket>) {
        super(url, protocols, { ...options, ...own });
      }
    };
  }

  /**
   * Connects, unless `startClosed`.
   *
   * @throws DOMException SyntaxError for a URL or subprotocols that are none. What a function says
   *   is checked when it says it: then that attempt fails.
   * @throws TypeError when an option is of the wrong type or out of range
   */
  constructor(
    url: UrlProvider,
    protocols?: ProtocolsProvider,
    options: ResilientWebSocketOptions = {},
  ) {
    super();
    if (url === undefined) throw new TypeError('openline: a WebSocket needs a URL.');
    const settings = resolveResilience(options);
    const isAsked = typeof url === 'function';
    const fixed = isAsked ? '' : throwAs('SyntaxError', () => resolveUrl(`${url}`));
    this.state = {
      url: isAsked ? url : fixed,
      chosen: { url: fixed, protocol: '', extensions: '' },
      retryCount: 0,
      protocols:
        typeof protocols === 'function'
          ? protocols
          : throwAs('SyntaxError', () => checkedProtocols(protocols ?? [])),
      settings,
      queue: new SendQueue(settings.maxEnqueuedMessages, settings.maxEnqueuedBytes),
      readyState: 3,
      binaryType: 'blob',
      isWanted: false,
      tell: (event) => this.dispatchEvent(event),
      drop: (data, cause) => {
        this.state.log('drop', cause);
        shielded(() => settings.onDrop?.({ data, cause }));
      },
      log: (...words) => {
        const { debug, debugLogger = logToConsole } = settings;
        if (debug) shielded(() => debugLogger('openline>', ...words));
      },
    };
    if (!settings.startClosed) this.reconnect();
  }

  /** While it waits for its next attempt it is CLOSED. */
  get readyState(): 0 | 1 | 2 | 3 {
    return this.state.readyState;
  }

  /** The URL; where a function says it, that of the newest attempt, and empty before it. */
  get url(): string {
    return this.state.chosen.url;
  }

  get protocol(): string {
    return this.state.chosen.protocol;
  }

  get extensions(): string {
    return this.state.chosen.extensions;
  }

  /** Bytes that wait in the queue and in the socket. */
  get bufferedAmount(): number {
    return this.state.queue.byteSize + (this.line?.bufferedAmount() ?? 0);
  }

  get binaryType(): BinaryType {
    return this.state.binaryType;
  }

  set binaryType(type: BinaryType) {
    if (type !== 'blob' && type !== 'arraybuffer') return;
    this.state.binaryType = type;
    this.line?.setBinaryType(type);
  }

  /** Retries since it was last stable. */
  get retryCount(): number {
    return this.state.retryCount;
  }

  /** It connects, or will again when the connection ends. */
  get shouldReconnect(): boolean {
    return this.state.isWanted;
  }

  /**
   * Sends, or queues while it is not open: the value is kept as it is now. What is no value of a
   * WebSocket becomes a text, as it would there.
   *
   * @returns true when a connection has taken it; false when it waits, or was dropped (`onDrop`)
   * @throws TypeError for a view of shared memory, and for no argument at all
   */
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): boolean {
    // biome-ignore lint/complexity/noArguments: undefined is a value, and becomes a text (Web IDL)
    if (arguments.length === 0) throw new TypeError('openline: send needs a message.');
    const value = sendable(data);
    const { queue, readyState, drop } = this.state;
    const fate = queue.size === 0 && readyState === 1 ? this.line?.give(value) : 'waits';
    if (fate !== 'waits') return fate === 'sent';
    const taken = queue.push(value);
    if (taken !== 'queued') drop(value, taken === 'unsendable' ? taken : 'overflow');
    return false;
  }

  /**
   * Closes until `reconnect()`. What waits goes on waiting.
   *
   * @throws DOMException InvalidAccessError for a code other than 1000 and 3000 to 4999,
   *   SyntaxError for a reason of more than 123 bytes of UTF-8
   */
  close(code?: number, reason?: string): void {
    const given = closeArguments(code, reason);
    const { state, line } = this;
    if (state.readyState === 2) return;
    if (state.readyState < 2) state.readyState = 2;
    state.isWanted = false;
    // Told in a task of its own, as a browser does.
    if (line === null) afterThisTask(() => this.endLoading(null));
    else line.close(...given);
  }

  /**
   * Connects now: out of a wait, after `close()`, or afresh. An open connection is closed with
   * `code` and `reason` first. Retries are counted anew.
   *
   * @throws DOMException as `close` does
   */
  reconnect(code?: number, reason?: string): void {
    const given = closeArguments(code, reason);
    this.state.isWanted = true;
    this.state.readyState = 0; // a connection says what it is from here on
    if (this.line !== null) this.line.connect(...given);
    else this.load();
  }

  /** Takes back what waits, oldest first: none of it will be sent. */
  drainQueuedMessages(): Sendable[] {
    return this.state.queue.drain().map(({ value }) => value as Sendable);
  }

  private load(): void {
    if (this.isLoading) return;
    this.isLoading = true;
    this.loaded().then(
      (Line) => {
        this.isLoading = false;
        this.line = new Line(this.state);
        if (this.state.isWanted) this.line.connect();
      },
      (error: Error) => {
        this.isLoading = false;
        this.endLoading(error);
      },
    );
  }

  /** The class of its line, in a chunk of its own beside the core's. */
  private async loaded(): Promise<typeof ResilientLine> {
    const [{ ResilientLine }] = await Promise.all([import('./resilientLine.js'), loadCore()]);
    return ResilientLine;
  }

  /** Closed before the core was there (error null), or it could not be loaded. */
  private endLoading(error: Error | null): void {
    const { state } = this;
    if (state.readyState !== (error === null ? 2 : 0)) return;
    state.isWanted = false;
    endUnheard(state, error);
  }
}

/** With what WHATWG's WebSocket throws instead. */
function throwAs<T>(name: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new DOMException(messageOf(error), name);
  }
}

/** As Web IDL reads them; a reason alone needs a code to go with it. */
function closeArguments(code: unknown, reason: unknown = ''): [number | undefined, string] {
  const text = `${reason}`;
  const number = code === undefined ? undefined : Math.round(Number(code));
  throwAs('InvalidAccessError', () => checkCloseArguments(number, ''));
  const said = number ?? (text === '' ? undefined : 1000);
  throwAs('SyntaxError', () => checkCloseArguments(said, text));
  return [said, text];
}

function sendable(data: unknown): Sendable {
  if (isSendable(data)) return data;
  if (!ArrayBuffer.isView(data)) return `${data}`;
  throw new TypeError('openline: a view of shared memory cannot be sent; send a copy of it.');
}
