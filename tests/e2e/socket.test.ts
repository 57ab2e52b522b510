import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Try } from './pages/socket.js';
import { eventually } from './support/appPage.js';
import { AppServer } from './support/appServer.js';
import { buildApp } from './support/buildApp.js';
import { launchChromium } from './support/chromium.js';
import { openPage, type WatchedPage } from './support/openPage.js';

let browser: Browser;
let server: AppServer;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  const [launched, files] = await Promise.all([
    launchChromium(),
    buildApp('production', 'socket.ts'),
  ]);
  browser = launched;
  server = await new AppServer(files).start();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  watched = await openPage(browser);
  page = watched.page;
  await page.goto(server.origin);
});
afterEach(() => watched.context.close());

const LONG = 'ü'.repeat(62);

it.each<[Try, unknown[][]]>([
  [
    'new',
    [
      [],
      ['/echo'],
      ['ws://[/'],
      ['ftp://host/'],
      ['mailto:a@b'],
      ['/echo#'],
      ['/echo#part'],
      ['/echo', 'chat'],
      ['/echo', ['a', 'b']],
      ['/echo', ['a', 'a']],
      ['/echo', 'a b'],
      ['/echo', ['']],
      ['/echo', []],
    ],
  ],
  [
    'close',
    [[], [1000], [1001], [2999], [3000], [4999], [5000], ['x'], [0], [3000, LONG], [3000, 'bye']],
  ],
])('throws at %s what the browser throws', async (what, cases) => {
  const { theirs, ours } = await page.evaluate(
    ([tried, given]) => window.sockets.thrown(tried, given),
    [what, cases] as const,
  );
  expect(ours).toEqual(theirs);
  expect(new Set(theirs).size).toBeGreaterThan(1);
});

it('sends in order what was sent before it was loaded, and is back after a cut', async () => {
  await page.evaluate(() => window.sockets.open('/echo'));
  const log = () => page.evaluate(() => window.sockets.log);
  const first = ['open 1', 'text 1', 'bytes 1 1', 'bytes 2 1', 'last 1'];
  await eventually(log).toEqual(first);
  server.cut();
  await eventually(log).toEqual([...first, 'close 1006 3', 'open 1']);
  expect(server.live).toBe(1);
  const state = await page.evaluate(() => {
    window.sockets.present?.close(3000, 'bye');
    return window.sockets.present?.readyState;
  });
  expect(state).toBe(2);
  await eventually(async () => (await log()).at(-1)).toBe('close 3000 3');
  await eventually(() => server.live).toBe(0);
  expect(watched.uncaught).toEqual([]);
});
