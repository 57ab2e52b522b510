import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Options } from 'reconnecting-websocket';
import { afterEach, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { ResilientWebSocket } from '../../../js/src/websocket.js';
import { until } from '../../support/until.js';
import { countedSockets, RestartedServer } from './support/restartedServer.js';
import { survivesRestarts } from './support/restarts.js';

/** Its types are those of a bundler, not of Node. */
type ReconnectingClass = new (url: string, protocols: string[], options: Options) => WebSocket;

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('../../../build/examples/', import.meta.url));
const received: string[] = [];
const paths: string[] = [];
const server = new RestartedServer((wss) => {
  wss.on('connection', (socket, request) => {
    paths.push(request.url ?? '');
    socket.on('message', (message) => {
      received.push(message.toString());
      socket.send(message.toString());
    });
  });
});

afterEach(async () => {
  received.length = 0;
  paths.length = 0;
  await server.stop();
});

it('reconnecting-websocket works on after each restart, on one socket', async () => {
  await server.start();
  const sockets = countedSockets();
  const Reconnecting = require('reconnecting-websocket') as ReconnectingClass;
  const socket = new Reconnecting(server.url, [], {
    WebSocket: ResilientWebSocket.with({ maxRetries: 0 }),
    minReconnectionDelay: 10,
    maxReconnectionDelay: 20,
  });
  const got: string[] = [];
  socket.addEventListener('message', ({ data }) => got.push(data));
  await survivesRestarts(server, sockets, (round) => {
    return () => {
      if (socket.readyState === 1) socket.send(`round ${round}`);
      return got.includes(`round ${round}`);
    };
  });
  socket.close();
  await until(() => sockets.live === 0 && server.live === 0, 'none is left');
});

/** The examples of its README that import it, in their order. */
function examples(): string[] {
  const path = require.resolve('reconnecting-websocket/package.json');
  const text = readFileSync(path.replace('package.json', 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/```javascript\n([\s\S]*?)```/g)].map(([, block]) => block);
  return blocks.filter((block) => /from 'reconnecting-websocket'/.test(block ?? '')) as string[];
}

/** Whatever an example calls its server is ours. */
function routeToServer(): void {
  class Routed extends NodeWebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(`${server.url}${new URL(url).pathname}`, protocols);
    }
  }
  Object.assign(globalThis, { WebSocket: Routed });
}

it('the examples of reconnecting-websocket run unchanged but for the import', async () => {
  await server.start();
  routeToServer();
  mkdirSync(folder, { recursive: true });
  const run = async (name: string, example: string, tail = '') => {
    const text = example.replace(/'reconnecting-websocket'/, "'openline/websocket'");
    writeFileSync(`${folder}${name}.js`, `${text}\n${tail}`);
    return (await import(`${folder}${name}.js`)) as { rws: ResilientWebSocket };
  };
  const [usage = '', urls = ''] = examples();
  expect(usage).toContain("rws.send('hello!')");
  const { rws } = await run('usage', usage, 'export { rws };');
  await until(() => received.length === 1, 'it has said hello');
  await server.restart();
  await until(() => received.length === 2, 'it has said hello again', 10_000);
  expect(received).toEqual(['hello!', 'hello!']);
  rws.close();

  expect(urls).toContain('urls[urlIndex++ % urls.length]');
  const round = await run('urls', urls, 'export { rws };');
  await until(() => server.live === 1 && round.rws.readyState === 1, 'it is open');
  round.rws.close();
});
