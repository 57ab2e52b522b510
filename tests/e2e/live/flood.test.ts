import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChildServer } from '../openline1/support/childServer.js';
import type { Counted, Row } from '../pages/live.js';
import { AppServer } from '../support/appServer.js';
import { DevToolsBrowser } from '../support/browsers/devtools.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { LivePage } from './support/livePage.js';

// Many messages at once, and for some time: whatever comes in is applied, and React commits no more
// than once per frame. `npm run soak -- --flood 10` is the long form.

const BURST = 10_000;
const PER_SECOND = 20_000;
const seconds = Number(process.env['SOAK_FLOOD_SECONDS'] ?? 3);
/** As in the page. */
const VISIBLE = 50;
const NEWS_MAX = 100;

let browser: DevToolsBrowser;
let files: Files;
let app: AppServer;
let server: ChildServer;
let page: LivePage;
let host: string;

beforeAll(async () => {
  // Without Playwright, for which the browser tells of each frame, which costs more than the rest.
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
});

afterEach(async () => {
  await page.page.close();
  await server.stop();
  await app.stop();
});

/** All was applied, in order and once, and is what a fold in JavaScript makes of the messages. */
async function expectAllApplied(count: number, { tally, commits, frames }: Counted) {
  expect(tally).toEqual({ count, last: count, breaks: 0 });
  const expected = await server.ask<Row[]>('rows');
  expect(expected.length).toBeGreaterThan(VISIBLE);
  expect(await page.rows()).toEqual(expected);
  expect(await page.shown()).toEqual(expected.slice(0, VISIBLE));
  const news = Array.from({ length: NEWS_MAX }, (_, i) => count - NEWS_MAX + 1 + i);
  expect(await page.news()).toEqual(news);
  expect(commits).toBeGreaterThan(0);
  expect(commits).toBeLessThanOrEqual(frames + 2);
  await page.expectNoTrouble();
}

describe.each([{ kind: 'a plain line' }, { kind: 'openline.1', stream: 'board' }])(
  'over $kind',
  ({ kind, ...address }) => {
    it.each([
      { what: 'of which 50 rows are read', isWhole: false },
      { what: 'of which all rows are read', isWhole: true },
    ])('takes 10,000 messages in one burst right after open, $what', async ({ what, isWhole }) => {
      const sending = server.ask('burst', BURST);
      await page.open(app.origin, { host, ...address }, isWhole);
      await sending;
      const counted = await page.until(BURST);
      console.log(`burst, ${kind}, ${what}: ${told(counted)}`);
      await expectAllApplied(BURST, counted);
    });

    it(
      `takes ${PER_SECOND} messages a second for ${seconds} s`,
      async () => {
        await page.open(app.origin, { host, ...address });
        const ms = await server.ask<number>('pace', { perSecond: PER_SECOND, ms: seconds * 1_000 });
        const count = PER_SECOND * seconds;
        const counted = await page.until(count);
        const offered = Math.round((count / ms) * 1_000);
        console.log(`flood, ${kind}: ${offered} a second offered, ${told(counted)}`);
        await expectAllApplied(count, counted);
      },
      60_000 + seconds * 5_000,
    );
  },
);

function told({ tally, commits, frames, longestMs, ms }: Counted): string {
  const figures = { commits, frames, longestMs: Math.round(longestMs), ms: Math.round(ms) };
  return JSON.stringify({ messages: tally.count, ...figures });
}
