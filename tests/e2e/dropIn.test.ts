import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './support/appPage.js';
import { AppServer } from './support/appServer.js';
import { buildApp, type Mode, type ReactVersion } from './support/buildApp.js';
import { launchChromium } from './support/chromium.js';
import { openPage } from './support/openPage.js';

// An app of react-use-websocket that has changed nothing but its import, in each React.

const REACTS = (['production', 'development'] as const).flatMap((mode: Mode) =>
  ([18, 19] as const).map((react: ReactVersion) => ({ mode, react })),
);

let browser: Browser;
let server: AppServer;

beforeAll(async () => {
  const [launched, ...built] = await Promise.all([
    launchChromium(),
    ...REACTS.map(({ mode, react }) => buildApp(mode, 'history.tsx', react)),
  ]);
  browser = launched;
  server = await new AppServer(new Map(built.flatMap((files) => [...files]))).start();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(mode: Mode, react: ReactVersion, query = '') {
  const opened = await openPage(browser);
  await opened.page.goto(`${server.origin}/?mode=${mode}-${react}${query}`);
  expect(await opened.page.locator('main').getAttribute('data-react')).toMatch(`${react}.`);
  return opened;
}

describe.each(REACTS)('with React $react, $mode', ({ mode, react }) => {
  it("runs react-use-websocket's message history, 500 messages long", async () => {
    const { page, context, uncaught, consoleErrors } = await open(mode, react);
    await page.getByText('The WebSocket is currently Open').waitFor();
    const send = page.getByRole('button', { name: "Click Me to send 'Hello'" });
    await send.evaluate((button) => {
      for (let i = 0; i < 500; i++) (button as HTMLButtonElement).click();
    });
    await eventually(() => page.locator('li > span, ul > span').count()).toBe(500);
    expect(await page.locator('ul').textContent()).toBe('Hello'.repeat(500));
    expect(await page.getByText('Last message: Hello').count()).toBe(1);
    expect({ uncaught, consoleErrors }).toEqual({ uncaught: [], consoleErrors: [] });
    await context.close();
  });

  it('shows each of a burst of 10,000 to an effect that sets state', async () => {
    const { page, context, uncaught, consoleErrors } = await open(mode, react, '&burst');
    const seen = page.locator('output');
    await expect.poll(() => seen.textContent(), { timeout: 60_000 }).toBe('10000');
    expect(await seen.getAttribute('data-in-order')).toBe('true');
    expect({ uncaught, consoleErrors }).toEqual({ uncaught: [], consoleErrors: [] });
    await context.close();
  });
});
