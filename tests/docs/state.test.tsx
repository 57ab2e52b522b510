// @vitest-environment jsdom
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ComponentType } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { LineServer } from '../../js/src/server/index.js';
import { renderOnServer } from '../support/pages.js';
import { blockWith, root } from './readme.js';

// The chapter of README about state: its server, its line and its route, as they stand there.

declare const jsdom: { reconfigure(settings: { url: string }): void };

type Row = { symbol: string; price: number };
interface ServerModule {
  readonly lines: LineServer;
  trade(row: Row): Promise<void>;
  delist(symbol: string): Promise<void>;
}
interface RouteModule {
  readonly loader: () => Promise<{ value: Row[]; at: readonly [string, number] }>;
  readonly default: ComponentType<{ loaderData: unknown; revalidate?: () => void }>;
}

const folder = join(root, 'build/readme/state');
let app: ServerModule;
let route: RouteModule;
let http: Server;
let page: Root | undefined;
let place: HTMLElement;

beforeEach(async () => {
  mkdirSync(folder, { recursive: true });
  for (const [name, language, mark] of [
    ['market.server.ts', 'ts', 'app/market.server.ts\n'],
    ['market.ts', 'ts', 'market = defineLine('],
    ['Board.tsx', 'tsx', 'function Board('],
  ] as const) {
    writeFileSync(join(folder, name), blockWith(language, mark));
  }
  vi.resetModules();
  app = (await import(`${folder}/market.server.ts`)) as ServerModule;
  route = (await import(`${folder}/Board.tsx`)) as RouteModule;

  http = createServer((_, response) => response.end('the app'));
  app.lines.attach(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  jsdom.reconfigure({ url: `${origin}/` });
  // As a browser's page has it, which sends its origin along.
  class PageSocket extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols, { origin });
    }
  }
  vi.stubGlobal('WebSocket', PageSocket);
  place = document.createElement('div');
});

afterEach(async () => {
  page?.unmount();
  await app.lines.close({ spreadMs: 0, timeoutMs: 1_000 });
  http.close();
  http.closeAllConnections();
  vi.unstubAllGlobals();
});

const shown = () => place.textContent;

test('the loader’s rows are the HTML, and the line goes on behind them', async () => {
  await app.trade({ symbol: 'ACME', price: 99 });
  await app.trade({ symbol: 'INIT', price: 5 });
  const loaderData = await route.loader();
  // Between loader and line.
  await app.trade({ symbol: 'ACME', price: 101 });

  const Board = route.default;
  const html = renderOnServer(<Board loaderData={loaderData} />);
  place.innerHTML = html;
  expect(shown()).toBe('0 of 2 cost 100 or moreACME99INIT5');
  const complain = vi.spyOn(console, 'error');
  page = hydrateRoot(place, <Board loaderData={loaderData} />);
  await vi.waitFor(() => expect(shown()).toBe('1 of 2 cost 100 or moreACME101INIT5'));
  await app.trade({ symbol: 'NEW', price: 200 });
  await app.delist('INIT');
  await vi.waitFor(() => expect(shown()).toBe('2 of 2 cost 100 or moreACME101NEW200'));
  expect(complain).not.toHaveBeenCalled();
});
