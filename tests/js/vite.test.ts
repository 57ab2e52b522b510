import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { lineServers } from '../../js/src/server/registry.js';
import { type DevHttpServer, openline } from '../../js/src/vite.js';
import { until } from '../support/until.js';

const serverModule = fileURLToPath(new URL('../../js/src/server/index.ts', import.meta.url));

/** An app's module, whose lines answer each message with `answer`. */
function appModule(answer: string): string {
  return `
    import { createLineServer } from ${JSON.stringify(serverModule)};
    export const lines = createLineServer({
      path: '/vite-lines',
      allowedOrigins: { origins: [], allowMissing: true },
      authenticate: () => 'somebody',
      authorize: () => true,
      onMessage: ({ publish }) => publish('news', ${JSON.stringify(answer)}),
    });`;
}

let root: string;
let vite: ViteDevServer | null;
const said: string[] = [];
const sockets: WebSocket[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openline-vite-'));
  said.length = 0;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await vite?.close();
  vite = null;
  await lineServers().get('/vite-lines')?.close({ timeoutMs: 0 });
  rmSync(root, { recursive: true, force: true });
});

async function startVite(): Promise<number> {
  const say = (text: string) => {
    said.push(text);
  };
  vite = await createServer({
    root,
    configFile: false,
    plugins: [openline({ server: '/lines.server.ts' })],
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
    customLogger: {
      info: say,
      warn: say,
      warnOnce: say,
      error: say,
      clearScreen: () => {},
      hasErrorLogged: () => false,
      hasWarned: false,
    },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  await vite.listen();
  return ((vite.httpServer as NonNullable<ViteDevServer['httpServer']>).address() as AddressInfo)
    .port;
}

function untilServed(): Promise<void> {
  return until(() => lineServers().has('/vite-lines'), 'the module has been loaded');
}

function untilSaid(text: string): Promise<void> {
  return until(() => said.some((each) => each.includes(text)), `'${text}' was said`);
}

async function connect(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/vite-lines?stream=news`);
  sockets.push(socket);
  await once(socket, 'open');
  return socket;
}

/** What the first message that comes back says. */
async function answerOf(port: number): Promise<unknown> {
  const socket = await connect(port);
  const answer = once(socket, 'message');
  socket.send(JSON.stringify({ stream: 'news', data: 1 }));
  const [bytes] = await answer;
  socket.terminate();
  return JSON.parse(String(bytes)).data;
}

describe('openline/vite', () => {
  test('lines share the port of the dev server, beside hot reloading', async () => {
    writeFileSync(join(root, 'lines.server.ts'), appModule('hello'));
    const port = await startVite();
    await untilServed();

    expect(await answerOf(port)).toBe('hello');
    const token = (vite as ViteDevServer).config.webSocketToken;
    const hot = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, 'vite-hmr');
    sockets.push(hot);
    const [first] = await once(hot, 'message');
    expect(JSON.parse(String(first))).toMatchObject({ type: 'connected' });
  });

  test('a module that has changed has its new functions called on open connections', async () => {
    const path = join(root, 'lines.server.ts');
    writeFileSync(path, appModule('before'));
    const port = await startVite();
    await untilServed();
    expect(await answerOf(port)).toBe('before');
    const kept = await connect(port);

    writeFileSync(path, appModule('after'));
    vite?.watcher.emit('change', path);
    for (let tries = 0; tries < 100 && (await answerOf(port)) !== 'after'; tries++);
    expect(await answerOf(port)).toBe('after');
    expect(kept.readyState).toBe(WebSocket.OPEN);
  });

  test('a module that fails is named with the error, and is loaded once it is mended', async () => {
    const path = join(root, 'lines.server.ts');
    writeFileSync(path, "throw new Error('no database');");
    const port = await startVite();
    await untilSaid('no database');
    expect(said.join('\n')).toContain('/lines.server.ts could not be loaded');

    writeFileSync(path, appModule('mended'));
    vite?.watcher.emit('change', path);
    await untilServed();
    expect(await answerOf(port)).toBe('mended');
  });

  test('a module without a line server is told of', async () => {
    writeFileSync(join(root, 'lines.server.ts'), 'export {};');
    await startVite();
    await untilSaid('has not called createLineServer');
  });

  test('the lines let go of a dev server that has closed', async () => {
    writeFileSync(join(root, 'lines.server.ts'), appModule('hello'));
    await startVite();
    await untilServed();
    const httpServer = vite?.httpServer as unknown as DevHttpServer;
    const before = httpServer.listeners('upgrade').length;
    await vite?.close();
    expect(httpServer.listeners('upgrade').length).toBeLessThan(before);
  });

  test('the client is prepared when Vite starts', () => {
    const plugin = openline({ server: '/lines.server.ts' });
    expect(plugin.config()).toEqual({
      optimizeDeps: { include: ['openline', 'openline/react'] },
    });
  });

  test('in middleware mode it attaches to nothing', async () => {
    let isLoaded = false;
    const plugin = openline({ server: '/lines.server.ts' });
    plugin.configureServer({
      httpServer: null,
      config: { logger: { info: () => {}, error: () => {} } },
      ssrLoadModule: async () => {
        isLoaded = true;
      },
    });
    plugin.handleHotUpdate();
    await Promise.resolve();
    expect(isLoaded).toBe(false);
  });

  test.each([[undefined], [{}], [{ server: '' }], [{ server: 1 }]])(
    'without the path of a module (%o) it says what to give',
    (options) => {
      expect(() => openline(options as never)).toThrow(/needs the module that calls/);
    },
  );
});
