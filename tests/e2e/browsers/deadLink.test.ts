import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from '../../support/faultProxy.js';
import { waitUntil } from '../support/browsers/browser.js';
import { chromium, engines, type Stage, stageIn } from '../support/browsers/engines.js';

const QUICK = {
  reconnect: { minDelayMs: 20, maxDelayMs: 100, baseDelayMs: 20 },
  connectTimeoutMs: 1_000,
};
const PROBED_WITHIN_MS = 5_000;
const SILENCE_MS = 1_000;

/** Puts a proxy between the line and the server; the page itself comes past it. */
function proxied(stage: Stage) {
  const way = {} as { proxy: FaultProxy; url: string };
  beforeEach(async () => {
    const { server } = stage;
    way.proxy = await FaultProxy.before(Number(server.host.split(':')[1]));
    const host = `127.0.0.1:${way.proxy.port}`;
    server.otherHosts.push(host);
    way.url = `ws://${host}/echo`;
  });
  afterEach(() => way.proxy.stop());
  return way;
}

/** Waits until the line has noticed; answers how long after `since` it did. */
async function noticed({ app }: Stage, since: number): Promise<number> {
  const isNoticed = async () => (await app.logOf('line'))?.statuses.includes('waiting') ?? false;
  await waitUntil('the dead link is noticed', isNoticed, 60_000);
  return (await app.timeOf('line', 'waiting')) - since;
}

// The engines wait side by side.
describe.concurrent.each(engines)('in %s', (name, engine) => {
  describe.sequential('a link that died in silence', () => {
    const stage = stageIn(engine);
    const way = proxied(stage);

    it('is noticed by the heartbeat, and replaced', async () => {
      const { app } = stage;
      const heartbeat = { intervalMs: 400, timeoutMs: 400 };
      await app.open({ name: 'line', url: way.url, options: { ...QUICK, heartbeat } });
      await app.become('line', 'open');
      await app.echo('line', 'alive');
      const since = Date.now();
      way.proxy.set({ blackhole: 'both' });
      const ms = await noticed(stage, since);
      way.proxy.set({});
      await app.become('line', 'open');
      await app.echo('line', 'alive again');
      console.log(`${name}: dead link noticed by a heartbeat of 400 + 400 ms after ${ms} ms`);
      expect(ms).toBeLessThanOrEqual(PROBED_WITHIN_MS);
      expect((await app.logOf('line'))?.outages).toMatchObject([{ recovered: false }]);
    });

    it('is noticed within 5 s of the page being shown', async () => {
      const { app, page } = stage;
      await app.open({ name: 'line', url: way.url, options: { ...QUICK, heartbeat: true } });
      await app.become('line', 'open');
      await page.hide();
      expect(await page.evaluate(() => document.visibilityState)).toBe('hidden');
      way.proxy.set({ blackhole: 'both' });
      const shown = await app.timeOfNext('visibilitychange');
      await page.show();
      const ms = await noticed(stage, await shown());
      console.log(`${name}: dead link noticed ${ms} ms after the page was shown`);
      expect(ms).toBeLessThanOrEqual(PROBED_WITHIN_MS);
    });

    it('is noticed within 5 s of online', async () => {
      const { app, page } = stage;
      await app.open({ name: 'line', url: way.url, options: { ...QUICK, heartbeat: true } });
      await app.become('line', 'open');
      way.proxy.set({ blackhole: 'both' });
      const online = await app.timeOfNext('online');
      await page.setOffline?.(true);
      await page.setOffline?.(false);
      // What cannot be taken offline is told so by an event that is made.
      if (!page.setOffline) await page.evaluate(() => void dispatchEvent(new Event('online')));
      const ms = await noticed(stage, await online());
      console.log(`${name}: dead link noticed ${ms} ms after online`);
      expect(ms).toBeLessThanOrEqual(PROBED_WITHIN_MS);
    });
  });
});

describe.concurrent('in chromium', () => {
  describe.sequential('a link that died', () => {
    const stage = stageIn(chromium);
    const way = proxied(stage);

    it('is noticed within 35 s with the defaults', async () => {
      const { app } = stage;
      await app.open({ name: 'line', url: way.url, options: { heartbeat: true } });
      await app.become('line', 'open');
      await app.echo('line', 'alive');
      // Dead right after the last word it takes 24 s + 10 s and by how much timers are late.
      await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
      const since = Date.now();
      way.proxy.set({ blackhole: 'both' });
      const ms = await noticed(stage, since);
      console.log(`chromium: dead link noticed with the defaults after ${ms} ms`);
      expect(ms).toBeLessThanOrEqual(35_000);
    });

    it('is noticed within 5 s of the page being thawed', async () => {
      const { app, page } = stage;
      await app.open({ name: 'line', url: way.url, options: { ...QUICK, heartbeat: true } });
      await app.become('line', 'open');
      await page.freeze();
      way.proxy.set({ blackhole: 'both' });
      const since = Date.now();
      await page.resume();
      const ms = await noticed(stage, since);
      console.log(`chromium: dead link noticed ${ms} ms after the page was thawed`);
      expect(ms).toBeLessThanOrEqual(PROBED_WITHIN_MS);
    });
  });
});
