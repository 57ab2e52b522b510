import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from './support/appPage.js';
import { launchChromium } from './support/chromium.js';
import { DemoPage } from './support/demoPage.js';
import { DemoServer } from './support/demoServer.js';

const SCREENSHOTS = fileURLToPath(new URL('screenshots/', import.meta.url));
const TEN = Array.from({ length: 10 }, (_, i) => String(i + 1));

let browser: Browser;
let server: DemoServer;
let demo: DemoPage;

const rows = () => demo.rows();
const log = () => demo.log();
const newest = async () => (await demo.log())[0];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), DemoServer.start()]);
  mkdirSync(SCREENSHOTS, { recursive: true });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  demo = await DemoPage.in(browser, server.url);
});

afterEach(() => demo.leave());

async function photograph(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [[360, 740] as const, [1280, 800] as const]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      const path = `${SCREENSHOTS}${name}-${width}x${height}-${colorScheme}.png`;
      await page.screenshot({ path, animations: 'disabled' });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${width} px wide, the page is wider`).toBeLessThanOrEqual(0);
    }
  }
}

it('waits while it is cut and refused, and delivers ten messages once each, in order', async () => {
  await demo.press('fault-refuse');
  await demo.statusIs('waiting');
  await eventually(() => demo.textOf('countdown')).toMatch(/^\d+ s$/);
  await eventually(() => demo.textOf('attempt')).toMatch(/^\d+$/);

  await demo.press('send-ten');
  await eventually(rows).toEqual(TEN.map((seq) => `${seq} waiting`));
  await eventually(() => demo.textOf('queued')).toBe('10');
  await demo.press('fault-refuse'); // ends the refusal
  await demo.statusIs('open');

  await eventually(rows).toEqual(TEN.map((seq) => `${seq} echoed`));
  expect(await demo.saidBy('counts')).toMatchObject({
    sent: '10',
    echoed: '10',
    lost: '0',
    doubled: '0',
    outOfOrder: '0',
  });
  await photograph(demo.page, 'recovered');
  demo.expectNoErrors();
});

it('comes back by itself after a cut, and tells how long it was away', async () => {
  await demo.press('fault-cut');
  await demo.statusIs('waiting');
  await demo.statusIs('open');
  await eventually(newest).toMatch(/^Back after \d+\.\d s\.$/);
  await demo.press('send-button');
  await eventually(rows).toEqual(['1 echoed']);
  demo.expectNoErrors();
});

it('comes back by itself after close code 4000', async () => {
  await demo.closeWith(4000);
  await demo.statusIs('waiting');
  await demo.statusIs('open');
  demo.expectNoErrors();
});

it('fails readably after close code 4403, and heals when asked to reconnect', async () => {
  await demo.closeWith(4403);
  await demo.statusIs('failed');
  expect(await demo.textOf('sentence')).toMatch(/^The server refused the credentials.*sign in/);
  await demo.press('open');
  await demo.statusIs('open');
  await demo.press('send-button');
  await eventually(rows).toEqual(['1 echoed']);
  demo.expectNoErrors();
});

it('renews its credentials after 4401, and gives up after another one at once', async () => {
  await demo.closeAsOffered('4401: sign in again');
  await demo.statusIs('connecting');
  await demo.statusIs('open');
  await eventually(log).toContain('Credentials renewed.');

  await demo.press('fault-close');
  await demo.statusIs('failed');
  expect(await demo.textOf('sentence')).toMatch(/^The server refused the credentials.*4401/);
  demo.expectNoErrors();
});

it('comes back when the server said, and not before', async () => {
  await demo.closeAsOffered('1013: too busy for 8 s');
  await demo.statusIs('waiting');
  expect(await demo.textOf('close-says')).toContain('in 8 s, not sooner');
  await eventually(newest).toMatch(/^Attempt 1 in [789]\.\d s\.$/);
  await demo.press('reconnect'); // what a visitor asks for is not held back
  await demo.statusIs('open');
  demo.expectNoErrors();
});

it('notices by its heartbeat that the server is gone, heals, and says so', async () => {
  await demo.press('fault-stall');
  await demo.press('send-button');
  await demo.press('send-button');
  await eventually(rows).toEqual(['1 sent', '2 sent']);
  await demo.statusIs('waiting');
  await demo.statusIs('open');

  await eventually(log).toContain('Given up as dead: no answer to a ping for 2.5 s.');
  await eventually(newest).toMatch(/^Back after \d+\.\d s\. 2 messages may not have arrived\.$/);
  await eventually(() => demo.textOf('outage')).toMatch(/^\d+\.\d s$/);
  // The stall lay upon the connection that is gone.
  await eventually(() => demo.textOf('fault-stall')).toMatch(/^Stall/);
  await demo.press('send-button');
  await eventually(rows).toEqual(['1 lost', '2 lost', '3 echoed']);
  demo.expectNoErrors();
});

it('stays open and dead without a heartbeat, for as long as the server stalls', async () => {
  await demo.part('heartbeat').uncheck();
  await eventually(log).toContain('You switched the heartbeat off: another line.');
  await demo.statusIs('open');
  await demo.press('fault-stall');
  await demo.press('send-button');
  // Longer than the heartbeat would have taken: 5 s of silence and 2.5 s for an answer.
  const secondsOfSilence = async () => Number((await demo.saidBy('heard'))['seconds']);
  await eventually(secondsOfSilence).toBeGreaterThan(8);
  await demo.statusIs('open');
  expect(await rows()).toEqual(['1 sent']);
  await demo.press('fault-stall'); // ends the stall
  await eventually(rows).toEqual(['1 echoed']);
  expect((await log()).join()).not.toContain('Closed');
  demo.expectNoErrors();
});

it('pings in silence, and counts no ping as a message', async () => {
  await eventually(() => demo.saidBy('heard')).toMatchObject({ asked: '1', answered: '1' });
  expect(await rows()).toEqual([]);
  expect(await demo.saidBy('counts')).toMatchObject({ sent: '0', echoed: '0', doubled: '0' });
  demo.expectNoErrors();
});

it('waits for the page when the browser has put it away, and says so', async () => {
  const turn = (type: string) =>
    demo.page.evaluate((name) => {
      window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
    }, type);
  await turn('pagehide');
  await demo.statusIs('waiting');
  expect(await demo.textOf('sentence')).toMatch(/waits until this page is shown again/);
  expect(await demo.textOf('countdown')).toBe('–');
  await turn('pageshow');
  await demo.statusIs('open');
  demo.expectNoErrors();
});

it('answers a click within a second in a flood, and loses nothing of it', async () => {
  const took = demo.page.evaluate(clickInFlood);
  await demo.press('fault-flood');
  expect(await took).toBeLessThan(1_000);

  await demo.page.locator('[data-testid=flood][data-state=complete]').waitFor({ timeout: 60_000 });
  const whole = { of: '10000', received: '10000', doubled: '0', outOfOrder: '0' };
  expect(await demo.saidBy('flood')).toMatchObject(whole);
  await eventually(rows).toEqual(['1 echoed']);
  const none = { lost: '0', doubled: '0', outOfOrder: '0' };
  expect(await demo.saidBy('counts')).toMatchObject(none);
  demo.expectNoErrors();
});

/** Presses Send in the frame that first shows the flood; answers how long its row took to show. */
async function clickInFlood(): Promise<number> {
  const shown = (selector: string) =>
    new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (document.querySelector(selector) === null) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
  await shown('[data-testid=flood][data-state=running]');
  const start = performance.now();
  const row = shown('[data-testid=messages] li');
  document.querySelector<HTMLElement>('[data-testid=send-button]')?.click();
  await row;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return performance.now() - start;
}
