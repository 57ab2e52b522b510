import { gzipSync } from 'node:zlib';
import type { Browser, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppPage } from './support/appPage.js';
import { AppServer } from './support/appServer.js';
import { buildApp, type Files } from './support/buildApp.js';
import { launchChromium } from './support/chromium.js';

const FAILING = ['idle', 'connecting', 'failed'];

let browser: Browser;
let files: Files;
let server: AppServer;
let app: AppPage;

beforeAll(async () => {
  [browser, files] = await Promise.all([launchChromium(), buildApp('production')]);
});

afterAll(() => browser?.close());

beforeEach(async () => {
  server = await new AppServer(files).start();
  app = await AppPage.in(browser, server);
});

afterEach(async () => {
  await app.close();
  await server.stop();
});

/**
 * Whether the browser forgets that a module could not be fetched. Chromium 156 does, 150 remembers
 * it until the page is loaded again (whatwg/html issue 6768); no package can change that.
 */
async function fetchesFailedModulesAnew(): Promise<boolean> {
  let isDown = true;
  const body = 'export default 1;';
  await app.reroute('control', (route) =>
    isDown ? route.abort() : route.fulfill({ contentType: 'text/javascript', body }),
  );
  // As text: the runner would rewrite an import() that it sees.
  const attempt = "import('/control-1.js').then(() => true, () => false)";
  const isFetched = () => app.page.evaluate<boolean>(attempt);
  expect(await isFetched()).toBe(false);
  isDown = false;
  return isFetched();
}

describe('the core on its way to the page', () => {
  it('delivers what was sent before it was loaded, in order', async () => {
    const release = await app.holdCore();
    await app.open([{ name: 'line', url: '/echo', first: ['first', 'second', 'third'] }]);
    await app.queuedIn('line', 3);
    expect(server.handshakes).toBe(0);

    await release();
    expect(await app.messagesOf('line', 3)).toEqual(['first', 'second', 'third']);
    app.expectNoErrors();
  });

  it('is compiled while it streams from wasmUrl, and its own chunk is not asked for', async () => {
    await app.page.addInitScript(() => {
      const { compileStreaming } = WebAssembly;
      Object.assign(window, { streamed: 0 });
      WebAssembly.compileStreaming = (source) => {
        Object.assign(window, { streamed: 1 });
        return compileStreaming(source);
      };
    });
    await app.open([]);
    await app.page.evaluate(() => window.app.preload({ wasmUrl: '/core.wasm' }));
    await app.show([{ name: 'line', url: '/echo', first: ['hello'] }]);
    expect(await app.messagesOf('line', 1)).toEqual(['hello']);
    expect(await app.page.evaluate(() => 'streamed' in window && window.streamed)).toBe(1);
    expect(server.requests.filter((path) => /wasm-bytes|core\.wasm/.test(path))).toEqual([
      '/core.wasm',
    ]);
    app.expectNoErrors();
  });
});

describe('a core that cannot be had', () => {
  const script = (body: string) => (route: Route) =>
    route.fulfill({ contentType: 'text/javascript', body });
  it.each([
    { what: 'base64 of something else', answer: script("export default 'AAAA';") },
    {
      what: 'a module that is none',
      answer: script(`export default '${gzipSync('none').toString('base64')}';`),
    },
    { what: 'no base64', answer: script("export default '%%%';") },
    { what: 'a syntax error', answer: script('export default <html>') },
    { what: 'a 404', answer: (route: Route) => route.fulfill({ status: 404 }) },
    { what: 'a network error', answer: (route: Route) => route.abort() },
  ])('fails the line, readably, when its chunk is $what', async ({ answer }) => {
    await app.reroute('wasm-bytes', answer);
    await app.open([{ name: 'line', url: '/echo', first: ['kept'] }]);
    const text = await app.statusOf('line', 'failed');
    expect(text).toMatch(/^openline: the core could not be loaded \(.+\); .+\.$/);
    expect(await app.logOf('line')).toMatchObject({ reason: 'wasm', statuses: FAILING });
    expect(app.uncaught).toEqual([]);
    expect(server.handshakes).toBe(0);
  });

  it.each(['wasmCore', 'wasm-bytes'])(
    'comes by reconnect() once its chunk %s is served, if the browser fetches it anew',
    async (name) => {
      let isDown = true;
      await app.reroute(name, (route) => (isDown ? route.abort() : route.continue()));
      await app.open([{ name: 'line', url: '/echo', first: ['kept'] }]);
      await app.statusOf('line', 'failed');
      isDown = false;
      const isFetchedAnew = await fetchesFailedModulesAnew();
      await app.page.evaluate(() => window.app.lines['line']?.present.reconnect());
      if (isFetchedAnew) {
        expect(await app.messagesOf('line', 1)).toEqual(['kept']);
      } else {
        expect(await app.statusOf('line', 'failed')).toContain('could not be loaded');
        await app.queuedIn('line', 1);
      }
      expect(app.uncaught).toEqual([]);
    },
  );

  it('is asked for once, however often the failed line renders', async () => {
    let asked = 0;
    await app.reroute('wasm-bytes', (route) => {
      asked += 1;
      return route.abort();
    });
    await app.open([{ name: 'line', url: '/echo' }]);
    await app.statusOf('line', 'failed');
    for (let i = 0; i < 3; i++) await app.show([{ name: 'line', url: '/echo' }]);
    // Whatever the renders asked for was asked for before this.
    await app.page.evaluate(() => fetch('/core.wasm').then((response) => response.blob()));
    expect(asked).toBe(1);
  });
});
