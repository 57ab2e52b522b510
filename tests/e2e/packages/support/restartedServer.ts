import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** A WebSocket server on loopback that goes away and comes back on the same port. */
export class RestartedServer {
  /** Handshakes that were accepted, over all starts. */
  opened = 0;
  private port = 0;
  private server: WebSocketServer | null = null;

  /** @param serve gives each start its protocol */
  constructor(private readonly serve: (server: WebSocketServer) => void) {}

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Connections that are open now. */
  get live(): number {
    return this.server?.clients.size ?? 0;
  }

  async start(): Promise<void> {
    const server = new WebSocketServer({ port: this.port, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      this.opened += 1;
      socket.on('error', () => {});
    });
    this.serve(server);
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Like a process that is killed: nothing is closed, everything breaks. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    for (const socket of server.clients) socket.terminate();
    const closed = once(server, 'close');
    server.close();
    await closed;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}

/** The sockets that the page has, in place of the global class, since it was called. */
export function countedSockets(): { readonly live: number } {
  const made: WebSocket[] = [];
  class Counted extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      made.push(this);
    }
  }
  Object.assign(globalThis, { WebSocket: Counted });
  return {
    get live() {
      return made.filter(({ readyState }) => readyState !== WebSocket.CLOSED).length;
    },
  };
}
