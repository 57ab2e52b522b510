import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { streamServerFixture } from '../../support/streamServer.js';
import type { Said } from '../pages/rooms.js';
import { AppServer } from '../support/appServer.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { launchChromium } from '../support/chromium.js';
import { RoomsPage } from './support/roomsPage.js';

// openline.1 on the core that is JavaScript: frames, numbers, acknowledgements and resumption.

const serve = streamServerFixture();
let browser: Browser;
let files: Files;
let app: AppServer;
let page: RoomsPage;

beforeAll(async () => {
  [browser, files] = await Promise.all([launchChromium(), buildApp('production', 'rooms.tsx')]);
});

afterAll(() => browser?.close());

beforeEach(async () => {
  app = await new AppServer(files).start();
  page = await RoomsPage.in(browser);
});

afterEach(async () => {
  await page.close();
  await app.stop();
});

it('a line speaks openline.1 where WebAssembly is forbidden, also over a cut', async () => {
  const said: string[] = [];
  const { url, lines, cut } = await serve({
    allowedOrigins: [app.origin],
    onMessage: ({ stream, message, publish }) => {
      const { text } = message as Said;
      said.push(text);
      publish(stream, { n: said.length, text });
    },
  });
  app.otherHosts.push(new URL(url).host);
  await page.open(`${app.origin}/?wasm=forbidden&line=${encodeURIComponent(url)}`);
  await page.show([{ id: 'one', room: 'lobby' }]);
  await page.isLive('one');

  const before = Array.from({ length: 100 }, (_, i) => `grüße ${i} 👋`);
  const settled = { state: 'sent', settled: { outcome: 'acked' } };
  for (const sent of await page.sendAll('one', before)) expect(sent).toMatchObject(settled);
  cut();
  const meanwhile = 'published while it was away';
  lines.publish('chat:lobby', { n: 0, text: meanwhile });
  await page.isLive('one');
  const [last] = await page.sendAll('one', ['the last one']);
  expect(last?.settled).toMatchObject({ outcome: 'acked' });

  const texts = [...before, meanwhile, 'the last one'];
  expect(await page.textsOf('one', texts.length)).toEqual(texts);
  expect(said).toEqual([...before, 'the last one']);
  const { outages, resyncs } = await page.told();
  expect(outages).toMatchObject([{ recovered: true }]);
  expect(resyncs).toEqual([]);
  const cores = app.requests.map((path) => /(wasm-\w*bytes|core-\w*script)/.exec(path)?.[0]);
  expect(cores.filter(Boolean)).toEqual(['core-script']);
});
