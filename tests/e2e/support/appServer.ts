import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Files } from './buildApp.js';

export interface Answer {
  readonly type: string;
  readonly body: string;
}

const PAYLOAD_BYTES_MAX = 64 * 1024 * 1024;
const CORE = new URL('../../../dist/core/core.wasm', import.meta.url);

/**
 * Serves the pages' app under a strict Content-Security-Policy, and WebSockets on the same port:
 * `/echo` sends back, `/close?code=&reason=` closes once open,
 * `/burst?count=` sends that many numbers once open, `/silent` never answers a handshake.
 *
 * `/?mode=development` is the app with React's development build; `&wasm=forbidden` takes
 * 'wasm-unsafe-eval' out of the policy.
 */
export class AppServer {
  /** While true, handshakes are answered with 503. */
  isRefusing = false;
  /** Hosts besides its own that the pages may connect to. */
  readonly otherHosts: string[] = [];
  /** What a test answers itself, by path. */
  readonly answers = new Map<string, () => Promise<Answer>>();
  /** Handshakes that came in, refused ones too. */
  handshakes = 0;
  /** Connections that were ever open. */
  opened = 0;
  /** Codes of the connections that were closed, in the order of events. */
  readonly closeCodes: number[] = [];
  /** Paths that pages asked for. */
  readonly requests: string[] = [];
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: PAYLOAD_BYTES_MAX,
  });
  private readonly silent = new Set<Duplex>();

  constructor(private readonly files: Files) {
    this.http = createServer((request, response) => this.answer(request, response));
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  get origin(): string {
    return `http://${this.host}`;
  }

  get host(): string {
    return `127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  /** Connections that are open now. */
  get live(): number {
    return this.sockets.clients.size;
  }

  /** Handshakes that wait for an answer. */
  get pending(): number {
    return this.silent.size;
  }

  /** Listens on a free port, or where an earlier server was. */
  async start(port = 0): Promise<this> {
    this.http.listen(port, '127.0.0.1');
    await once(this.http, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.silent) socket.destroy();
    for (const socket of this.sockets.clients) socket.terminate();
    const closed = once(this.http, 'close');
    this.http.close();
    this.http.closeAllConnections();
    await closed;
  }

  /** Cuts every connection without a closing handshake. */
  cut(): void {
    for (const socket of this.sockets.clients) socket.terminate();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    this.requests.push(pathname);
    const hosts = [this.host, ...this.otherHosts];
    const policy = policyFor(hosts, searchParams.get('wasm') !== 'forbidden');
    const send = (type: string, body: string | Uint8Array, more: OutgoingHttpHeaders = {}) => {
      response.writeHead(200, { 'content-type': type, ...more }).end(body);
    };
    const file = this.files.get(pathname);
    const own = this.answers.get(pathname);
    if (own !== undefined) {
      void own().then(({ type, body }) => send(type, body, { 'content-security-policy': policy }));
    } else if (pathname === '/') {
      const mode = searchParams.get('mode') ?? 'production';
      send('text/html', html(mode), { 'content-security-policy': policy });
    } else if (pathname === '/core.wasm') {
      send('application/wasm', readFileSync(CORE));
    } else if (file !== undefined) {
      send('text/javascript', file);
    } else {
      response.writeHead(404).end();
    }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.handshakes += 1;
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    if (this.isRefusing) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    } else if (pathname === '/silent') {
      this.silent.add(socket);
      socket.on('error', () => {});
      socket.on('end', () => socket.end());
      socket.on('close', () => this.silent.delete(socket));
      socket.resume();
    } else {
      this.sockets.handleUpgrade(request, socket, head, (opened) =>
        this.serve(opened, pathname, searchParams),
      );
    }
  }

  private serve(socket: WebSocket, pathname: string, query: URLSearchParams): void {
    this.opened += 1;
    socket.on('error', () => {});
    socket.on('close', (code) => this.closeCodes.push(code));
    socket.on('message', (message, isBinary) => socket.send(message, { binary: isBinary }));
    for (let i = 0; pathname === '/burst' && i < Number(query.get('count')); i++)
      socket.send(`${i}`);
    if (pathname === '/close') {
      socket.close(Number(query.get('code')), query.get('reason') ?? '');
    }
  }
}

function html(mode: string): string {
  const script = `<script type="module" src="/${mode}/app.js"></script>`;
  return `<!doctype html><html lang="en"><title>openline</title><main></main>${script}</html>`;
}

function policyFor(hosts: readonly string[], isWasmAllowed: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self'${isWasmAllowed ? " 'wasm-unsafe-eval'" : ''}`,
    `connect-src 'self' ${hosts.map((host) => `ws://${host}`).join(' ')}`,
    "require-trusted-types-for 'script'",
  ].join('; ');
}
