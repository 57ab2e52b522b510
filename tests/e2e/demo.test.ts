import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from './support/appPage.js';
import { launchChromium } from './support/chromium.js';
import { DemoServer } from './support/demoServer.js';
import { openPage, type WatchedPage } from './support/openPage.js';

const SCREENSHOTS = fileURLToPath(new URL('screenshots/', import.meta.url));
const TEN = Array.from({ length: 10 }, (_, i) => String(i + 1));

let browser: Browser;
let demo: DemoServer;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchChromium(), DemoServer.start()]);
  mkdirSync(SCREENSHOTS, { recursive: true });
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

beforeEach(async () => {
  watched = await openPage(browser);
  page = watched.page;
  await page.goto(demo.url);
  await statusIs('open');
});

afterEach(() => watched.context.close());

async function statusIs(status: string): Promise<void> {
  await page.locator(`[data-testid=status][data-status=${status}]`).waitFor({ timeout: 45_000 });
}

async function press(testId: string): Promise<void> {
  await page.getByTestId(testId).click();
}

/** The rows of the messages as `seq state`, oldest first. */
function rows(): Promise<string[]> {
  return page
    .locator('[data-testid=messages] li')
    .evaluateAll((all) =>
      all
        .map((row) => `${row.getAttribute('data-seq')} ${row.getAttribute('data-state')}`)
        .reverse(),
    );
}

function counts(): Promise<Record<string, string | undefined>> {
  return page
    .getByTestId('counts')
    .evaluate((element) => ({ ...(element as HTMLElement).dataset }));
}

async function closeWith(code: number): Promise<void> {
  await page.getByTestId('close-code').fill(String(code));
  await page.getByTestId('close-reason').fill('a test');
  await press('fault-close');
}

/** What the browser itself says of handshakes that were turned away is no error of the page. */
function expectNoErrors(): void {
  const { uncaught, consoleErrors } = watched;
  const own = consoleErrors.filter((text) => !/^WebSocket connection to .* failed/.test(text));
  expect({ uncaught, own }).toEqual({ uncaught: [], own: [] });
}

async function photograph(name: string): Promise<void> {
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
  await press('fault-refuse');
  await statusIs('waiting');
  const countdown = page.getByTestId('countdown');
  await eventually(() => countdown.textContent()).toMatch(/^\d+ s$/);
  await eventually(() => page.getByTestId('attempt').textContent()).toMatch(/^\d+$/);

  await press('send-ten');
  await eventually(rows).toEqual(TEN.map((seq) => `${seq} waiting`));
  await eventually(() => page.getByTestId('queued').textContent()).toBe('10');
  await press('fault-refuse'); // ends the refusal
  await statusIs('open');

  await eventually(rows).toEqual(TEN.map((seq) => `${seq} echoed`));
  expect(await counts()).toMatchObject({
    sent: '10',
    echoed: '10',
    lost: '0',
    doubled: '0',
    outOfOrder: '0',
  });
  await photograph('recovered');
  expectNoErrors();
});

it('comes back by itself after a cut', async () => {
  await press('fault-cut');
  await statusIs('waiting');
  await statusIs('open');
  await press('send-button');
  await eventually(rows).toEqual(['1 echoed']);
  expectNoErrors();
});

it('comes back by itself after close code 4000', async () => {
  await closeWith(4000);
  await statusIs('waiting');
  await statusIs('open');
  expectNoErrors();
});

it('fails readably after close code 4403, and heals when asked to reconnect', async () => {
  await closeWith(4403);
  await statusIs('failed');
  const sentence = await page.getByTestId('sentence').textContent();
  expect(sentence).toMatch(/^The server refused the credentials.*sign in/);
  await press('open');
  await statusIs('open');
  await press('send-button');
  await eventually(rows).toEqual(['1 echoed']);
  expectNoErrors();
});

it('answers a click within a second in a flood, and loses nothing of it', async () => {
  const took = page.evaluate(clickInFlood);
  await press('fault-flood');
  const tookMs = await took;
  expect(tookMs).toBeLessThan(1_000);

  await page.locator('[data-testid=flood][data-state=complete]').waitFor({ timeout: 60_000 });
  const flood = await page
    .getByTestId('flood')
    .evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  expect(flood).toMatchObject({ of: '10000', received: '10000', doubled: '0', outOfOrder: '0' });
  await eventually(rows).toEqual(['1 echoed']);
  expect(await counts()).toMatchObject({ lost: '0', doubled: '0', outOfOrder: '0' });
  expectNoErrors();
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
