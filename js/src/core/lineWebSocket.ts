import type { Line, SendReceipt } from './line.js';
import { readyStateOf } from './status.js';
import { type SocketEventType, WebSocketEvents } from './webSocketEvents.js';

/**
 * A line in the shape of a WebSocket: the same object over all reconnections. Its events are its
 * own, so the socket beneath never shows. Unlike a WebSocket's, its `send` queues while the line is
 * not open and never throws, and `open` and `close` come once for each connection.
 */
export class LineWebSocket extends WebSocketEvents implements WebSocket {
  /** @param told is told each event first, before `on…` and the listeners */
  constructor(
    private readonly line: () => Line,
    told: (type: SocketEventType, event: Event) => void,
  ) {
    super(told);
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
