import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/appPage.js';
import { AppServer } from '../support/appServer.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { launchChromium } from '../support/chromium.js';
import { LoadedPage } from './support/loadedPage.js';
import { HISTORY_MAX, LoaderApp } from './support/loaderApp.js';

// A page that the server has rendered and the line takes over.

let browser: Browser;
let files: Files;
let pages: AppServer;
let app: LoaderApp;
let page: LoadedPage;

beforeAll(async () => {
  const [launched, production, development] = await Promise.all([
    launchChromium(),
    buildApp('production', 'loaded.tsx'),
    buildApp('development', 'loaded.tsx'),
  ]);
  browser = launched;
  files = new Map([...production, ...development]);
});

afterAll(() => browser?.close());

beforeEach(async () => {
  pages = await new AppServer(files).start();
  app = new LoaderApp(pages.origin);
  for (let i = 0; i < 3; i++) await app.write();
  page = await LoadedPage.in(browser, { pages, host: await app.listen(), app });
});

afterEach(async () => {
  await page.close();
  await app.close();
  await pages.stop();
});

async function expectCurrent(): Promise<void> {
  const rows = [...app.rows.values()].map(({ id, price }) => `${id} ${price}`);
  await eventually(() => page.rows()).toEqual(rows);
  await eventually(() => page.entries()).toEqual(app.entries.map(({ n }) => n));
  const total = [...app.rows.values()].reduce((sum, { price }) => sum + price, 0);
  expect(await page.summary()).toBe(`${app.rows.size} for ${total}`);
}

describe.each(['production', 'development'] as const)('with React in %s', (mode) => {
  it('takes the HTML of the server over as it is, until a row changes', async () => {
    const loaded = await app.load();
    const html = LoaderApp.render(loaded);
    await page.open(mode, loaded);
    await page.isLive();
    const { html: read, mutations } = await page.takeover();
    expect(read).toBe(html);
    expect(await page.html()).toBe(html);
    expect(mutations).toEqual([]);

    await app.put('row 7', 70);
    await eventually(async () => (await page.takeover()).mutations).toEqual([
      'characterData of #text: 253',
      'characterData of #text: 70',
    ]);
    await expectCurrent();
    await page.expectNoTrouble();
  });
});

it('misses and doubles nothing that is published from the loader to the line', async () => {
  const gone = ['row 3', 'row 11'];
  // Behind the position, and in what is read: it comes again, and changes nothing.
  const loaded = await app.load(async () => {
    await app.put('row 1', 100);
    await app.put('new', 1);
  });
  const change = async (round: number) => {
    await app.put(`row ${round % 10}`, round);
    await app.put(`late ${round}`, round);
    await app.write();
  };
  const release = await page.hold();
  const opening = page.open('production', loaded);
  for (let round = 20; round < 40; round++) await change(round);
  for (const id of gone) await app.remove(id);
  await release();
  for (let round = 40; round < 60; round++) await change(round);
  await opening;
  await page.isLive();
  for (let round = 60; round < 80; round++) await change(round);
  await expectCurrent();

  const { html, mutations, resyncs } = await page.takeover();
  expect(html).toBe(LoaderApp.render(loaded));
  expect(resyncs).toEqual([]);
  // Of all that was shown nothing else ever went, and nothing came twice.
  const removed = mutations.filter((text) => text.startsWith('removed TR'));
  expect(removed.filter((text) => !gone.some((id) => text.startsWith(`removed TR ${id}`)))).toEqual(
    [],
  );
  const added = mutations.filter((text) => text.startsWith('added LI'));
  expect(added).toEqual(app.entries.slice(3).map(({ n }) => `added LI ${n}`));
  await page.expectNoTrouble();
});

it('asks the loader again when history is too short, and goes on the same way', async () => {
  const loaded = await app.load();
  const release = await page.hold();
  const opening = page.open('production', loaded);
  for (let i = 0; i < HISTORY_MAX + 50; i++) {
    await app.put(`row ${i % 15}`, i);
    await app.write();
  }
  await app.remove('row 19');
  await release();
  await opening;
  await expectCurrent();
  for (let i = 0; i < 20; i++) {
    await app.put(`row ${i % 15}`, 1_000 + i);
    await app.write();
  }
  await expectCurrent();

  const { mutations, resyncs } = await page.takeover();
  expect(resyncs.map(({ stream }) => stream).sort()).toEqual(['board', 'entries']);
  expect(page.loads).toBeGreaterThan(0);
  expect(mutations.filter((text) => text.startsWith('removed TR'))).toEqual([
    'removed TR row 1919',
  ]);
  const added = mutations.filter((text) => text.startsWith('added LI'));
  expect(added).toEqual(app.entries.slice(3).map(({ n }) => `added LI ${n}`));
  await page.expectNoTrouble();
});
