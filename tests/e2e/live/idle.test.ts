import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Change } from '../pages/live.js';
import { AppServer } from '../support/appServer.js';
import { waitUntil } from '../support/browsers/browser.js';
import { DevToolsBrowser, type DevToolsPage } from '../support/browsers/devtools.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { LivePage } from './support/livePage.js';

// When a message is in the document, counted in animation frames.

interface Noted {
  /** The frames there were when each message came. */
  readonly came: number[];
  /** And when its number was in the document, by number. */
  readonly shown: Record<number, number>;
  frames: number;
}

declare global {
  interface Window {
    noted: Noted;
  }
}

const ROUNDS = 30;

let browser: DevToolsBrowser;
let files: Files;
let app: AppServer;
let page: LivePage<DevToolsPage>;

beforeAll(async () => {
  const built = [DevToolsBrowser.launch(), buildApp('production', 'live.tsx')] as const;
  [browser, files] = await Promise.all(built);
});

afterAll(() => browser?.close());

beforeEach(async () => {
  app = await new AppServer(files).start();
  page = new LivePage(await browser.newPage());
  await page.page.evaluateFirst(noteFrames);
  await page.open(app.origin, { host: app.host, path: '/echo' });
  await waitUntil('the line is open', () => app.live === 1);
  await page.page.evaluate(noteShown);
});

afterEach(async () => {
  await page.page.close();
  await app.stop();
});

/** Runs in the page before its scripts: the socket's own listener comes behind this one. */
function noteFrames(): void {
  window.noted = { came: [], shown: {}, frames: 0 };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', () => void window.noted.came.push(window.noted.frames));
    }
  };
  requestAnimationFrame(function count() {
    window.noted.frames += 1;
    requestAnimationFrame(count);
  });
}

function noteShown(): void {
  const last = document.querySelector('[data-testid=last]');
  new MutationObserver(() => {
    window.noted.shown[Number(last?.textContent)] ??= window.noted.frames;
  }).observe(last as Element, { characterData: true, childList: true, subtree: true });
}

/** Sends messages, and waits until the last one is shown and some idle frames are over. */
async function echo(...numbers: number[]): Promise<void> {
  const texts = numbers.map((n) => {
    const change: Change = { n, row: { id: `row ${n}`, price: n } };
    return JSON.stringify(change);
  });
  await page.page.evaluate(async (all) => {
    const { n } = JSON.parse(all.at(-1) as string);
    window.live.send(all);
    await window.live.until(n);
    const until = window.noted.frames + 3;
    while (window.noted.frames < until) await new Promise(requestAnimationFrame);
  }, texts);
}

it('shows the first message when idle without waiting for an animation frame', async () => {
  for (let n = 1; n <= ROUNDS; n++) await echo(n);
  const { came, shown } = await page.page.evaluate(() => window.noted);
  expect(came).toHaveLength(ROUNDS);
  expect(Array.from({ length: ROUNDS }, (_, i) => shown[i + 1])).toEqual(came);
  await page.expectNoTrouble();
});

it('shows what follows it with the next frame, all at once', async () => {
  const COUNT = 20;
  let late = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const first = round * COUNT + 1;
    await echo(...Array.from({ length: COUNT }, (_, i) => first + i));
    const { came, shown } = await page.page.evaluate(() => window.noted);
    const frames = Array.from({ length: COUNT }, (_, i) => shown[first + i]);
    expect(frames[0]).toBe(came[first - 1]);
    const rest = came.slice(first, first + COUNT - 1);
    // Each one at the latest with the frame after it, so no more of them than frames had messages.
    expect(frames.at(-1)).toBeLessThanOrEqual((rest.at(-1) as number) + 1);
    const times = frames.filter((frame) => frame !== undefined).length;
    expect(times).toBeLessThanOrEqual(new Set(rest).size + 2);
    if (times < COUNT) late += 1;
  }
  expect(late).toBeGreaterThan(0);
  await page.expectNoTrouble();
});
