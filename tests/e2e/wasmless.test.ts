import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppServer } from './support/appServer.js';
import { buildApp, type Files } from './support/buildApp.js';
import { launchChromium } from './support/chromium.js';
import { openPage, type WatchedPage } from './support/openPage.js';

// Pages that may not run WebAssembly: the same core comes as JavaScript, in a chunk of its own.

declare global {
  interface Window {
    violations: string[];
  }
}

let browser: Browser;
let files: Files;
let server: AppServer;
let watched: WatchedPage;

beforeAll(async () => {
  [browser, files] = await Promise.all([launchChromium(), buildApp('production', 'wasmless.tsx')]);
});

afterAll(() => browser?.close());

beforeEach(async () => {
  server = await new AppServer(files).start();
  watched = await openPage(browser);
  await watched.page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      window.violations.push(`${violatedDirective} ${blockedURI}`);
    });
  });
});

afterEach(async () => {
  await watched.context.close();
  await server.stop();
});

const open = (query = '') => watched.page.goto(`${server.origin}/${query}`);
const show = () => watched.page.evaluate(() => window.wasmless.show());
const violations = () => watched.page.evaluate(() => window.violations);
const coresAskedFor = () =>
  server.requests
    .map((path) => /(wasm-.*bytes|core-.*script)-\w+\.js$/.exec(path)?.[1])
    .filter((name) => name !== undefined)
    .sort();
const SCRIPTS = ['core-documents-script', 'core-script'];

const line = (name: string) => watched.page.locator(`[data-testid=${name}]`);

/** Both lines open, echo, and keep what came back. */
async function expectLinesToWork() {
  for (const name of ['rows', 'order']) {
    await line(name).and(watched.page.locator('[data-status=open]')).waitFor({ state: 'attached' });
  }
  await watched.page.evaluate(() => {
    const { send } = window.wasmless;
    send('rows', { type: 'row', row: { id: 'a', price: 0.1 } });
    send('rows', { type: 'row', row: { id: 'grüße 👋', price: -0 } });
    send('rows', { type: 'row', row: { id: 'a', price: 1e21 } });
    send('rows', { type: 'news', text: 'the last one' });
    send('order', { patch: { a: { b: 1, c: [1, 2] } } });
    send('order', { patch: { a: { b: null }, done: true } });
  });
  const rows = [
    { id: 'a', price: 1e21 },
    { id: 'grüße 👋', price: 0 },
  ];
  await expect
    .poll(() => line('rows').textContent())
    .toBe(JSON.stringify({ rows, news: 'the last one' }));
  await expect
    .poll(() => line('order').textContent())
    .toBe(JSON.stringify({ a: { c: [1, 2] }, done: true }));
  expect(await watched.page.evaluate(() => window.wasmless.errors)).toEqual([]);
  expect(watched.uncaught).toEqual([]);
}

describe("under a Content-Security-Policy without 'wasm-unsafe-eval'", () => {
  it('lines and states work, at the price of one violation', async () => {
    await open('?wasm=forbidden');
    await show();
    await expectLinesToWork();
    expect(await violations()).toEqual(['script-src wasm-eval']);
    expect(coresAskedFor()).toEqual(SCRIPTS);
  });

  it('there is none where preload was told', async () => {
    await open('?wasm=forbidden');
    await watched.page.evaluate(() => void window.wasmless.preload({ withoutWasm: true }));
    await show();
    await expectLinesToWork();
    expect(await violations()).toEqual([]);
    expect(watched.consoleErrors).toEqual([]);
    expect(coresAskedFor()).toEqual(SCRIPTS);
  });

  it('wasmUrl is not asked for', async () => {
    await open('?wasm=forbidden');
    await watched.page.evaluate(() => void window.wasmless.preload({ wasmUrl: '/core.wasm' }));
    await show();
    await expectLinesToWork();
    expect(server.requests).not.toContain('/core.wasm');
  });
});

describe('without WebAssembly, as in Lockdown Mode', () => {
  it('lines and states work, and nothing is complained about', async () => {
    await watched.page.addInitScript(() => {
      Reflect.deleteProperty(window, 'WebAssembly');
    });
    await open();
    expect(await watched.page.evaluate(() => typeof WebAssembly)).toBe('undefined');
    await show();
    await expectLinesToWork();
    expect(await violations()).toEqual([]);
    expect(watched.consoleErrors).toEqual([]);
    expect(coresAskedFor()).toEqual(SCRIPTS);
  });
});

describe('with WebAssembly', () => {
  it('no script of the core is loaded', async () => {
    await open();
    await show();
    await expectLinesToWork();
    expect(await violations()).toEqual([]);
    expect(watched.consoleErrors).toEqual([]);
    expect(coresAskedFor()).toEqual(['wasm-bytes', 'wasm-documents-bytes']);
  });
});
