import { type Sendable, sizeOf } from './byteLength.js';
import type { SendFate } from './core.js';

/**
 * The way past the core for what is sent while the line is open and nothing waits: then there is
 * nothing to be ordered behind. Through the core a message took 1.7 times as long as a bare send.
 */
export class SocketGate {
  private socket: WebSocket | null = null;
  private isUnlocked = false;

  constructor(private readonly messageBytesMax: number) {}

  /** The newest attempt's socket; for reading only. */
  get current(): WebSocket | null {
    return this.socket;
  }

  attach(socket: WebSocket): void {
    this.socket = socket;
  }

  /** What the core last said: may messages go past it? */
  unlock(isUnlocked: boolean): void {
    this.isUnlocked = isUnlocked;
  }

  /**
   * Null, and nothing sent, while the core does not allow it or the socket is not really open: a
   * closing one swallows messages.
   */
  send(value: Sendable): SendFate | null {
    const { socket } = this;
    if (!this.isUnlocked || socket?.readyState !== 1) return null;
    if (sizeOf(value) > this.messageBytesMax) return 'too-large';
    try {
      socket.send(value as string); // the DOM's type knows no view of any buffer
      return 'sent';
    } catch {
      return 'unsendable';
    }
  }

  /** Lets the socket of a stopped core go: what it still says must not reach that core. */
  cut(): void {
    this.isUnlocked = false;
    const { socket } = this;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => {};
    socket.close();
  }
}
