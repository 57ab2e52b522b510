import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import {
  createLineServer,
  type LineServer,
  type LineServerOptions,
  memoryBroker,
} from '../../js/src/server/index.js';

export interface StreamServer {
  readonly url: string;
  readonly lines: LineServer;
  /** What the handler was given, in order. */
  readonly handled: { stream: string; message: unknown }[];
  /** Lets all connections fall, without a word. */
  cut(): void;
}

type Options = Partial<LineServerOptions<string>>;

/** A server of openline.1 on loopback, made anew for each test. */
export function streamServerFixture() {
  const running: (() => Promise<void>)[] = [];
  let count = 0;
  beforeEach(() => {
    count += 1;
  });
  afterEach(async () => {
    for (const stop of running.splice(0)) await stop();
  });
  return async (options: Options = {}): Promise<StreamServer> => {
    const handled: StreamServer['handled'] = [];
    const path = `/line-${count}-${running.length}`;
    const lines = createLineServer<string>({
      path,
      allowedOrigins: { origins: 'same-host', allowMissing: true },
      broker: memoryBroker(),
      authenticate: () => 'somebody',
      authorize: () => true,
      onMessage: ({ stream, message }) => void handled.push({ stream, message }),
      ...options,
    });
    const http = createServer();
    const sockets = new Set<Socket>();
    http.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    lines.attach(http);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const cut = () => {
      for (const socket of sockets) socket.destroy();
    };
    running.push(async () => {
      await lines.close({ spreadMs: 0, timeoutMs: 0 });
      cut();
      await stopped(http);
    });
    const { port } = http.address() as AddressInfo;
    return { url: `ws://127.0.0.1:${port}${path}`, lines, handled, cut };
  };
}

async function stopped(http: Server): Promise<void> {
  http.close();
  await once(http, 'close');
}
