import type { Line, SendReceipt } from './line.js';
import { ReadyState, readyStateOf } from './status.js';

type Handler<E extends Event> = ((this: WebSocket, event: E) => unknown) | null;

/**
 * A line in the shape of a WebSocket: the same object over all reconnections. Its events are its
 * own, so the socket beneath never shows. Unlike a WebSocket's, its `send` queues while the line is
 * not open and never throws, and `open` and `close` come once for each connection.
 */
export class LineWebSocket extends EventTarget implements WebSocket {
  readonly CONNECTING = ReadyState.CONNECTING;
  readonly OPEN = ReadyState.OPEN;
  readonly CLOSING = ReadyState.CLOSING;
  readonly CLOSED = ReadyState.CLOSED;

  onopen: Handler<Event> = null;
  onmessage: Handler<MessageEvent> = null;
  onerror: Handler<Event> = null;
  onclose: Handler<CloseEvent> = null;

  declare addEventListener: WebSocket['addEventListener'];
  declare removeEventListener: WebSocket['removeEventListener'];

  constructor(private readonly line: () => Line) {
    super();
    this.addEventListener('open', (event) => this.onopen?.(event));
    this.addEventListener('message', (event) => this.onmessage?.(event));
    this.addEventListener('error', (event) => this.onerror?.(event));
    this.addEventListener('close', (event) => this.onclose?.(event));
  }

  get readyState(): 0 | 1 | 2 | 3 {
    return readyStateOf(this.line().snapshot.status) as 0 | 1 | 2 | 3;
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

/** A close event; Node 20 has no constructor for one. */
export function closeEvent(details: {
  code: number;
  wasClean: boolean;
  reason: string;
}): CloseEvent {
  const { code, wasClean, reason } = details;
  if (typeof CloseEvent === 'function') return new CloseEvent('close', { code, wasClean, reason });
  return Object.assign(new Event('close'), { code, wasClean, reason }) as CloseEvent;
}
