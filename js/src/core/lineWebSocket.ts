import type { Line, SendReceipt } from './line.js';
import { readyStateOf } from './status.js';

/** What a line has events of. */
export type LineEventType = 'open' | 'message' | 'error' | 'close';

type Handler<E extends Event> = ((this: WebSocket, event: E) => unknown) | null;

/**
 * A line in the shape of a WebSocket: the same object over all reconnections. Its events are its
 * own, so the socket beneath never shows. Unlike a WebSocket's, its `send` queues while the line is
 * not open and never throws, and `open` and `close` come once for each connection.
 */
export class LineWebSocket extends EventTarget implements WebSocket {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;

  onopen: Handler<Event> = null;
  onmessage: Handler<MessageEvent> = null;
  onerror: Handler<Event> = null;
  onclose: Handler<CloseEvent> = null;

  declare addEventListener: WebSocket['addEventListener'];
  declare removeEventListener: WebSocket['removeEventListener'];

  /** @param told is told each event first, before `on…` and the listeners */
  constructor(
    private readonly line: () => Line,
    told: (type: LineEventType, event: Event) => void,
  ) {
    super();
    // A listener for both, because dispatching to two takes twice as long; the second one hears of
    // the event even when the first one throws.
    for (const type of ['open', 'message', 'error', 'close'] as const) {
      this.addEventListener(type, (event) => {
        try {
          told(type, event);
        } finally {
          (this[`on${type}`] as Handler<Event>)?.(event);
        }
      });
    }
  }

  get readyState(): 0 | 1 | 2 | 3 {
    return readyStateOf(this.line().snapshot.status);
  }

  /** The URL of the newest attempt; empty before the first. */
  get url(): string {
    return this.line().chosen().url;
  }

  get protocol(): string {
    return this.line().chosen().protocol;
  }

  get extensions(): string {
    return this.line().chosen().extensions;
  }

  /** Bytes that wait in the queue and in the socket. */
  get bufferedAmount(): number {
    return this.line().bufferedAmount();
  }

  get binaryType(): BinaryType {
    return this.line().binaryType;
  }

  set binaryType(type: BinaryType) {
    if (type === 'blob' || type === 'arraybuffer') this.line().setBinaryType(type);
  }

  send(message: unknown): SendReceipt {
    return this.line().send(message);
  }

  close(code?: number, reason?: string): void {
    this.line().close(code, reason);
  }
}
