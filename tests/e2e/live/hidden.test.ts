import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ChildServer } from '../openline1/support/childServer.js';
import type { Row } from '../pages/live.js';
import { AppServer } from '../support/appServer.js';
import { DevToolsBrowser, type DevToolsPage } from '../support/browsers/devtools.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { LivePage } from './support/livePage.js';
import { memoryOf, noteMemories, type PageMemory } from './support/pageMemory.js';

// A tab behind another one: it gets no animation frames, and its timers ring once a second.

const PER_SECOND = 4_000;
const SECONDS = 6;
const SAMPLE_MS = 500;
/** Hidden tabs show what came at least every second; the other one is for a busy machine. */
const LAG_MAX = 2 * PER_SECOND;
const HEAP_GROWTH_MAX = 2_000_000;

let browser: DevToolsBrowser;
let files: Files;
let app: AppServer;
let server: ChildServer;
let page: LivePage<DevToolsPage>;
let host: string;

beforeAll(async () => {
  const built = [DevToolsBrowser.launch(), buildApp('production', 'live.tsx')] as const;
  [browser, files] = await Promise.all(built);
});

afterAll(() => browser?.close());

beforeEach(async () => {
  app = await new AppServer(files).start();
  server = new ChildServer('../../live/support/liveServer.js');
  host = `127.0.0.1:${await server.ask<number>('listen', { origin: app.origin })}`;
  app.otherHosts.push(host);
  page = new LivePage(await browser.newPage());
  await page.page.evaluateFirst(noteMemories);
});

afterEach(async () => {
  await page.page.close();
  await server.stop();
  await app.stop();
});

it.each([{ kind: 'a plain line' }, { kind: 'openline.1', stream: 'board' }])(
  'follows the server in a hidden tab by $kind, in bounded memory',
  async ({ kind, ...line }) => {
    await page.open(app.origin, { host, ...line });
    await server.ask('burst', PER_SECOND);
    await page.until(PER_SECOND);
    await page.page.hide();
    const framesBefore = await page.frames();

    const sending = server.ask('pace', { perSecond: PER_SECOND, ms: SECONDS * 1_000 });
    const lags: number[] = [];
    const memories: PageMemory[] = [];
    for (let sample = 0; sample < (SECONDS * 1_000) / SAMPLE_MS; sample++) {
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
      const sent = await server.ask<number>('sent');
      lags.push(sent - (await page.last()));
      memories.push(await memoryOf(page.page));
    }
    await sending;
    const { tally } = await page.until(PER_SECOND * (SECONDS + 1));
    expect(await page.page.evaluate(() => document.visibilityState)).toBe('hidden');
    expect((await page.frames()) - framesBefore).toBeLessThanOrEqual(1);

    const [first, last] = [memories[1] as PageMemory, memories.at(-1) as PageMemory];
    console.log(`hidden, ${kind}: ${JSON.stringify({ lags, first, last })}`);
    expect(Math.max(...lags)).toBeLessThanOrEqual(LAG_MAX);
    expect(last.heap - first.heap).toBeLessThanOrEqual(HEAP_GROWTH_MAX);
    expect(last.wasm).toEqual(first.wasm);
    expect(tally.breaks).toBe(0);
    expect(await page.rows()).toEqual(await server.ask<Row[]>('rows'));
    await page.expectNoTrouble();
  },
);
