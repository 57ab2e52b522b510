import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A real WebSocket server on loopback that sends back whatever it gets. */
export class EchoServer {
  readonly connections: { socket: WebSocket; request: IncomingMessage }[] = [];
  readonly received: (string | Buffer)[] = [];
  /** Every connection that was ever made, over all starts. */
  connectionCount = 0;
  /** Takes what comes in and answers nothing, as if it hung. */
  isMute = false;
  private server: WebSocketServer | null = null;
  private port = 0;

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get live(): number {
    return this.connections.filter(({ socket }) => socket.readyState === socket.OPEN).length;
  }

  /** As if it had never been started: the next start is on a port of its own. */
  reset(): void {
    this.connections.length = 0;
    this.received.length = 0;
    this.connectionCount = 0;
    this.isMute = false;
    this.port = 0;
  }

  /** Starts, or starts again on the same port. */
  async start(): Promise<this> {
    const server = new WebSocketServer({
      port: this.port,
      host: '127.0.0.1',
      maxPayload: 64 * 1024 * 1024,
    });
    server.on('connection', (socket, request) => {
      this.connectionCount += 1;
      this.connections.push({ socket, request });
      socket.on('error', () => {});
      socket.on('message', (value, isBinary) => {
        const message = value as Buffer;
        this.received.push(isBinary ? message : message.toString());
        if (!this.isMute) socket.send(message, { binary: isBinary });
      });
    });
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  /** Cuts every connection without a closing handshake. */
  cut(): void {
    for (const { socket } of this.connections) socket.terminate();
  }

  close(code: number, reason = ''): void {
    for (const { socket } of this.connections) socket.close(code, reason);
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    this.cut();
    const closed = once(server, 'close');
    server.close();
    await closed;
  }
}
