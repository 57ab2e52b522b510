import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppServer } from './support/appServer.js';
import { buildApp } from './support/buildApp.js';
import { launchChromium } from './support/chromium.js';
import { openPage } from './support/openPage.js';

const COUNT = 10_000;

let browser: Browser;
let server: AppServer;

beforeAll(async () => {
  const [launched, files] = await Promise.all([launchChromium(), buildApp('production')]);
  browser = launched;
  server = await new AppServer(files).start();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it.each([
  { binaryType: 'blob', kind: 'Blob', seed: 20_260_101 },
  { binaryType: 'arraybuffer', kind: 'ArrayBuffer', seed: 20_260_202 },
] as const)(
  'loses, changes and reorders none of 10,000 mixed messages with binaryType $binaryType',
  async ({ binaryType, kind, seed }) => {
    const { page, context, uncaught, consoleErrors } = await openPage(browser);
    await page.goto(server.origin);
    await page.evaluate(() => window.app.show([{ name: 'echo', url: '/echo' }]));
    await page.locator('[data-testid=echo][data-status=open]').waitFor({ state: 'attached' });

    const outcome = await page.evaluate(
      ({ type, count, mix }) => {
        const socket = window.app.lines['echo']?.present.getWebSocket() as WebSocket;
        socket.binaryType = type;
        return window.app.echo(socket, count, mix);
      },
      { type: binaryType, count: COUNT, mix: { seed, largeAt: COUNT / 2 } },
    );

    expect(outcome.faults).toEqual([]);
    expect(outcome.arrived).toBe(COUNT);
    expect(Object.keys(outcome.kinds).sort()).toEqual([kind, 'text']);
    // The 16 MB message and what was under way before it.
    expect(outcome.bufferedMost).toBeLessThan(64 * 1024 * 1024);
    expect({ uncaught, consoleErrors }).toEqual({ uncaught: [], consoleErrors: [] });
    await context.close();
  },
);
