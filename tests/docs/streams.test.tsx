// @vitest-environment jsdom
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ComponentType } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { LineServer } from '../../js/src/server/index.js';
import { blockWith, root } from './readme.js';

// The chapter of README about streams: its server, its line and its route, as they stand there.

declare const jsdom: { reconfigure(settings: { url: string }): void };

type Row = { id: string; by: string; text: string };
interface ServerModule {
  readonly lines: LineServer;
  readonly lobby: Row[];
}
interface RouteModule {
  readonly loader: () => Promise<{ value: Row[]; at: readonly [string, number] }>;
  readonly default: ComponentType<{ loaderData: unknown; revalidate?: () => void }>;
}

const folder = join(root, 'build/readme/streams');
let app: ServerModule;
let route: RouteModule;
let http: Server;
let page: Root;
let place: HTMLElement;

beforeEach(async () => {
  mkdirSync(folder, { recursive: true });
  for (const [name, mark] of [
    ['lines.server.ts', 'app/lines.server.ts\n'],
    ['lines.ts', 'chat = defineLine('],
  ] as const) {
    writeFileSync(join(folder, name), blockWith('ts', mark));
  }
  writeFileSync(join(folder, 'Lobby.tsx'), blockWith('tsx', 'function Lobby('));
  vi.resetModules();
  app = (await import(`${folder}/lines.server.ts`)) as ServerModule;
  route = (await import(`${folder}/Lobby.tsx`)) as RouteModule;

  http = createServer((_, response) => response.end('the app'));
  app.lines.attach(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  jsdom.reconfigure({ url: `${origin}/` });
  vi.stubGlobal('WebSocket', socketOfPage(origin, 'user=ada'));
  place = document.createElement('div');
  page = createRoot(place);
});

afterEach(async () => {
  page.unmount();
  await app.lines.close({ spreadMs: 0, timeoutMs: 1_000 });
  http.close();
  http.closeAllConnections();
  vi.unstubAllGlobals();
});

/** WebSocket as a browser's page has it, which sends its origin and cookies along. */
function socketOfPage(origin: string, cookie: string): unknown {
  return class extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols, { origin, headers: { cookie } });
    }
  };
}

async function shows(text: string): Promise<void> {
  await vi.waitFor(() => expect(place.textContent).toContain(text), { timeout: 5_000 });
}

function say(text: string): void {
  const buttons = [...place.querySelectorAll('button')];
  buttons.find((button) => button.textContent === text)?.click();
}

test('what a loader has read becomes live, nothing between missing or twice', async () => {
  app.lobby.push({ id: 'a', by: 'bob', text: 'before' });
  await app.lines.publish('chat:lobby', app.lobby[0]);
  const loaderData = await route.loader();
  // Between loader and line.
  app.lobby.push({ id: 'b', by: 'bob', text: 'between' });
  await app.lines.publish('chat:lobby', app.lobby[1]);

  const Lobby = route.default;
  page.render(<Lobby loaderData={loaderData} />);
  await shows('The line is open');
  await shows('bob: before');
  await shows('bob: between');
  expect(place.querySelectorAll('li').length).toBe(2);
});

test('what is said is acknowledged and comes back once; what is rejected says why', async () => {
  const Lobby = route.default;
  page.render(<Lobby loaderData={await route.loader()} />);
  await shows('The line is open');
  say('Say hello');
  await shows('ada: hello');
  await shows('acked');
  expect(app.lobby.map(({ text }) => text)).toEqual(['hello']);
  say('Say nothing');
  await shows('a message needs a text');
  expect(place.querySelectorAll('li').length).toBe(1);
});
