import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Loaded, type Reading, readOn } from '../pages/readOn.js';
import { AppServer } from '../support/appServer.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { launchChromium } from '../support/chromium.js';
import { openPage } from '../support/openPage.js';
import '../../support/websocket.js';
import { ChildServer } from './support/childServer.js';
import { LoadJudge, type Verdict } from './support/loadJudge.js';

// Pages that go on where their loader stopped, while 5,000 publications a second come on a keyed
// stream and as many on a log. `npm run soak -- --loads 1000` is the long form.

const loads = Number(process.env['SOAK_LOADS'] ?? 100);
const pageLoads = Number(process.env['SOAK_PAGE_LOADS'] ?? 4);
const AT_ONCE = 16;
const PAGES_AT_ONCE = 2;
/** From the loader to the line. */
const BETWEEN_MS_MAX = 1_000;
const STAY_MS = 250;
const WARM_UP_MS = 1_500;

let browser: Browser;
let files: Files;
let app: AppServer;
let server: ChildServer;
let judge: LoadJudge;
let host: string;

beforeAll(async () => {
  const built = await Promise.all([launchChromium(), buildApp('production', 'loads.ts')]);
  [browser, files] = built;
});

afterAll(() => browser?.close());

beforeEach(async () => {
  app = await new AppServer(files).start();
  server = new ChildServer('./snapshotServer.js');
  judge = new LoadJudge(server);
  host = `127.0.0.1:${await server.ask<number>('listen', app.origin)}`;
  app.otherHosts.push(host);
  await server.ask('start');
  await pause(WARM_UP_MS);
});

afterEach(async () => {
  await server.stop();
  await app.stop();
});

it(
  'misses and doubles nothing between a loader and a line in Node',
  async () => {
    const url = `ws://${host}/openline`;
    await judgeAll(loads, AT_ONCE, (loaded) => readOn(url, loaded, STAY_MS));
  },
  60_000 + loads * 200,
);

it(
  'misses and doubles nothing between a loader and a line in Chromium',
  async () => {
    const url = `ws://${host}/openline`;
    await judgeAll(pageLoads, PAGES_AT_ONCE, (loaded) => inPage(url, loaded));
  },
  60_000 + pageLoads * 3_000,
);

async function inPage(url: string, loaded: Loaded): Promise<Reading> {
  const { page, context, uncaught, consoleErrors } = await openPage(browser);
  await page.goto(app.origin);
  const reading = await page.evaluate(([to, from, stayMs]) => window.readOn(to, from, stayMs), [
    url,
    loaded,
    STAY_MS,
  ] as const);
  await context.close();
  return { ...reading, errors: [...reading.errors, ...uncaught, ...consoleErrors] };
}

/** Loads, waits as a page on its way does, reads on, and judges. */
async function judgeAll(count: number, atOnce: number, read: (from: Loaded) => Promise<Reading>) {
  const verdicts: Verdict[] = [];
  const faults: string[] = [];
  let begun = 0;
  const loadOn = async () => {
    while (begun < count) {
      begun += 1;
      const number = begun;
      const loaded = await server.ask<Loaded>('load');
      await pause(Math.random() * BETWEEN_MS_MAX);
      const verdict = await judge.judge(loaded, await read(loaded));
      verdicts.push(verdict);
      faults.push(...verdict.faults.map((fault) => `load ${number}: ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, loadOn));
  expect(faults.slice(0, 20)).toEqual([]);
  expect(await server.ask('resyncs')).toBe(0);

  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((all, one) => all + of(one), 0);
  const [publications, conflated] = [
    sum((verdict) => verdict.publications),
    sum((verdict) => verdict.conflated),
  ];
  const dropped = sum((verdict) => verdict.droppedByKey);
  const { perSecond } = judge;
  const told = { loads: verdicts.length, perSecond, publications, conflated, dropped };
  console.log(JSON.stringify(told));
  // Otherwise it would not have been shown: there was something to miss, and to double.
  expect(verdicts.length).toBe(count);
  expect(publications / count).toBeGreaterThan(1_000);
  expect(dropped).toBeGreaterThan(0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
