import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChildServer } from '../openline1/support/childServer.js';
import type { Row } from '../pages/live.js';
import { AppServer } from '../support/appServer.js';
import { waitUntil } from '../support/browsers/browser.js';
import { DevToolsBrowser, type DevToolsPage } from '../support/browsers/devtools.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { makeCoreFaulty } from './support/faultyCore.js';
import { LivePage } from './support/livePage.js';

// The core of a page stops while publications come: what its states held is gone with it.

const PER_SECOND = 2_000;
const SECONDS = 3;
const COUNT = PER_SECOND * SECONDS;
const STOP_AFTER = PER_SECOND;
/** As in the page. */
const VISIBLE = 50;
/** About as much as the memory that the core starts with. */
const BIG_BYTES = 1_000_000;

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
  await page.page.evaluateFirst(makeCoreFaulty);
});

afterEach(async () => {
  await page.page.close();
  await server.stop();
  await app.stop();
});

const causes = [
  {
    cause: 'traps',
    stop: () => page.page.evaluate(() => window.faultyCore.trap()),
  },
  {
    cause: 'can have no more memory',
    stop: async () => {
      await page.page.evaluate(() => window.faultyCore.refuseGrowth());
      await server.ask('publishBig', BIG_BYTES);
    },
  },
];

/** Opens the page, and stops its core in the middle of what the server publishes. */
async function live(isWhole: boolean, stop: () => Promise<void>): Promise<readonly Row[]> {
  await page.open(app.origin, { host, stream: 'board' }, isWhole);
  const sending = server.ask('pace', { perSecond: PER_SECOND, ms: SECONDS * 1_000 });
  await waitUntil('a part of it is shown', async () => (await page.last()) >= STOP_AFTER);
  await stop();
  await sending;
  await page.until(COUNT);
  expect(await server.ask('sent')).toBeGreaterThanOrEqual(COUNT);
  return server.ask<Row[]>('rows');
}

async function expectRestarted(): Promise<void> {
  expect(await page.page.evaluate(() => window.faultyCore.instances)).toBe(2);
  const { outages, troubles } = await page.told();
  expect(outages).toHaveLength(1);
  expect(outages[0]?.downMs).toBeGreaterThanOrEqual(0);
  expect(troubles).toEqual([]);
}

describe.each(causes)('a core that $cause', ({ stop }) => {
  it('is replaced, and states that are read whole go on as the server has them', async () => {
    const expected = await live(true, stop);
    await expectRestarted();
    expect(await page.rows()).toEqual(expected);
    expect(await page.page.evaluate(() => window.live.tally())).toMatchObject({ breaks: 0 });
    expect((await page.told()).resyncs).toEqual([]);
  });

  it('is replaced, and of states that are read row by row a resync is told', async () => {
    const expected = new Map((await live(false, stop)).map((row) => [row.id, row]));
    await expectRestarted();
    // The log and the tally are read whole, and miss nothing.
    expect(await page.page.evaluate(() => window.live.tally())).toMatchObject({ breaks: 0 });
    expect((await page.told()).resyncs).toMatchObject([{ stream: 'board' }]);
    // It goes on from there: what has changed since is right.
    const rows = await page.rows();
    expect(rows.length).toBeGreaterThan(expected.size / 2);
    expect(rows).toEqual(rows.map(({ id }) => expected.get(id)));
    const visible = rows.slice(0, VISIBLE).map(({ id, price }) => ({ id, price }));
    expect(await page.shown()).toEqual(visible);
  });
});
