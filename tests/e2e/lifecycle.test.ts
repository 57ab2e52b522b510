import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppPage, eventually } from './support/appPage.js';
import { AppServer } from './support/appServer.js';
import { buildApp, type Files } from './support/buildApp.js';
import { launchChromium } from './support/chromium.js';

const QUICK = { reconnect: { minDelayMs: 20, maxDelayMs: 100, baseDelayMs: 20 } };

let browser: Browser;
let files: Files;
let server: AppServer;
let app: AppPage;

beforeAll(async () => {
  const [launched, production, development] = await Promise.all([
    launchChromium(),
    buildApp('production'),
    buildApp('development'),
  ]);
  browser = launched;
  files = new Map([...production, ...development]);
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

describe('mounting', () => {
  it('keeps one socket under StrictMode and none after unmount', async () => {
    await app.open([], '?mode=development');
    await app.show([{ name: 'line', url: '/echo', first: ['twice mounted'] }], true);
    await app.statusOf('line', 'open');
    // StrictMode runs the effect twice, so the message goes twice, over one socket.
    expect(await app.messagesOf('line', 2)).toEqual(['twice mounted', 'twice mounted']);
    expect(server).toMatchObject({ handshakes: 1, live: 1 });

    await app.leave();
    await eventually(() => server.live).toBe(0);
    expect(server).toMatchObject({ handshakes: 1, closeCodes: [1000] });
    app.expectNoErrors();
  });

  it('lets the handshake go when the component unmounts while connecting', async () => {
    await app.open([{ name: 'line', url: '/silent' }]);
    await eventually(() => server.pending).toBe(1);
    expect(await app.statusOf('line', 'connecting')).toBe('');

    await app.leave();
    await eventually(() => server.pending).toBe(0);
    expect(server).toMatchObject({ handshakes: 1, opened: 0 });
    // Chromium itself tells the console that the socket was closed before it was established.
    expect(app.uncaught).toEqual([]);
  });

  it('opens no socket when the component unmounts before the core is there', async () => {
    const release = await app.holdCore();
    await app.open([{ name: 'line', url: '/echo' }]);
    await app.statusOf('line', 'connecting');
    await app.show([]);
    await release();

    // The second line waits for the same core, so it opens only after the first one could have.
    await app.show([{ name: 'second', url: '/echo' }]);
    await app.statusOf('second', 'open');
    expect(server.handshakes).toBe(1);
    app.expectNoErrors();
  });

  it('keeps two lines of one page apart', async () => {
    await app.open([
      { name: 'one', url: '/echo', first: ['to one'] },
      { name: 'two', url: '/echo', first: ['to two'] },
    ]);
    expect(await app.messagesOf('one', 1)).toEqual(['to one']);
    expect(await app.messagesOf('two', 1)).toEqual(['to two']);
    expect(server.live).toBe(2);

    await app.show([{ name: 'two', url: '/echo' }]);
    await eventually(() => server.live).toBe(1);
    expect(await app.send('two', 'again')).toEqual({ state: 'sent' });
    expect(await app.messagesOf('two', 2)).toEqual(['to two', 'again']);
    app.expectNoErrors();
  });

  it('throws from render for an option out of range, naming it and the range', async () => {
    await app.open([{ name: 'line', url: '/echo', options: { connectTimeoutMs: 0 } }]);
    const alert = app.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /^TypeError: openline: connectTimeoutMs must be a number from 1 to \d+ ms, not 0\.$/,
    );
    expect(server.handshakes).toBe(0);
    expect(app.uncaught).toEqual([]);
  });
});

describe('a line in trouble', () => {
  it('waits while the server refuses with 503 and opens once it is back', async () => {
    server.isRefusing = true;
    await app.open([{ name: 'line', url: '/echo', options: QUICK, first: ['kept'] }]);
    await eventually(() => server.handshakes).toBeGreaterThanOrEqual(3);
    expect(await app.logOf('line')).toMatchObject({ messages: [] });

    server.isRefusing = false;
    await app.statusOf('line', 'open');
    expect(await app.messagesOf('line', 1)).toEqual(['kept']);
    const { statuses } = await app.logOf('line');
    expect(statuses?.slice(0, 4)).toEqual(['idle', 'connecting', 'waiting', 'connecting']);
    expect(app.uncaught).toEqual([]);
  });

  it('heals after a cut and delivers what was sent meanwhile, in order', async () => {
    await app.open([{ name: 'line', url: '/echo', options: QUICK }]);
    await app.statusOf('line', 'open');
    server.isRefusing = true;
    server.cut();
    await eventually(() => server.handshakes).toBeGreaterThanOrEqual(2);
    for (const text of ['a', 'b', 'c']) {
      expect(await app.send('line', text)).toEqual({ state: 'queued' });
    }

    server.isRefusing = false;
    expect(await app.messagesOf('line', 3)).toEqual(['a', 'b', 'c']);
    expect(app.uncaught).toEqual([]);
  });

  it('tries once more when the server closes with 4401, then fails and says why', async () => {
    const url = '/close?code=4401&reason=expired';
    await app.open([{ name: 'line', url, options: QUICK }]);
    expect(await app.statusOf('line', 'failed')).toMatch(/refused the credentials.*sign in/);
    expect(await app.logOf('line')).toMatchObject({ reason: 'auth', closeCodes: [4401, 4401] });
    expect(server.handshakes).toBe(2);
    app.expectNoErrors();
  });

  it('fails on a URL whose scheme is not one of a WebSocket, and says which to give', async () => {
    await app.open([{ name: 'line', url: 'ftp://127.0.0.1/line' }]);
    const text = await app.statusOf('line', 'failed');
    expect(text).toMatch(/scheme 'ftp:'; give ws:, wss: or a path/);
    expect(await app.logOf('line')).toMatchObject({ reason: 'url' });
    expect(server.handshakes).toBe(0);
    app.expectNoErrors();
  });
});

describe('sending', () => {
  it('refuses a message over messageBytesMax and takes one of just that size', async () => {
    await app.open([{ name: 'line', url: '/echo', options: { messageBytesMax: 10 } }]);
    await app.statusOf('line', 'open');
    const refused = await app.send('line', '12345678901');
    expect(refused).toMatchObject({ state: 'refused', code: 'too-large' });
    expect(refused.message).toMatch(/larger than messageBytesMax; send it in parts/);
    expect(await app.send('line', '1234567890')).toEqual({ state: 'sent' });
    expect(await app.messagesOf('line', 1)).toEqual(['1234567890']);
    app.expectNoErrors();
  });

  it('refuses what comes after close', async () => {
    await app.open([{ name: 'line', url: '/echo' }]);
    await app.statusOf('line', 'open');
    await app.page.evaluate(() => window.app.lines['line']?.present.close(4000, 'done'));
    await app.statusOf('line', 'closed');
    expect(await app.send('line', 'late')).toMatchObject({ state: 'refused', code: 'closed' });
    expect(server).toMatchObject({ live: 0, handshakes: 1, closeCodes: [4000] });
    app.expectNoErrors();
  });
});
