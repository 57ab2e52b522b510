import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createLineServer,
  type LineServer,
  memoryBroker,
  Reject,
} from '../../../js/src/server/index.js';
import { FaultProxy } from '../../support/faultProxy.js';
import type { Said } from '../pages/rooms.js';
import { eventually } from '../support/appPage.js';
import { AppServer } from '../support/appServer.js';
import { buildApp, type Files } from '../support/buildApp.js';
import { launchChromium } from '../support/chromium.js';
import { RoomsPage } from './support/roomsPage.js';

// useLine and useMessages in a page with a strict policy, and the server behind a proxy.

const HISTORY = { entriesMax: 500 };

let browser: Browser;
let files: Files;
let app: AppServer;
let http: Server;
let lines: LineServer;
let proxy: FaultProxy;
let page: RoomsPage;
/** What the handler was given. */
let handled: string[];
let newest: number;

beforeAll(async () => {
  const [launched, production, development] = await Promise.all([
    launchChromium(),
    buildApp('production', 'rooms.tsx'),
    buildApp('development', 'rooms.tsx'),
  ]);
  browser = launched;
  files = new Map([...production, ...development]);
});

afterAll(() => browser?.close());

beforeEach(async () => {
  app = await new AppServer(files).start();
  [handled, newest] = [[], 0];
  lines = createLineServer({
    allowedOrigins: [app.origin],
    authenticate: () => 'ada',
    authorize: () => true,
    broker: () => memoryBroker(HISTORY),
    onMessage: ({ stream, message, publish, reply }) => {
      const { text } = message as Said;
      if (text === '') throw new Reject(422, 'a message needs a text');
      handled.push(text);
      newest += 1;
      publish(stream, { n: newest, text });
      reply({ n: newest });
    },
  });
  http = createServer();
  lines.attach(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  proxy = await FaultProxy.before((http.address() as AddressInfo).port);
  app.otherHosts.push(`127.0.0.1:${proxy.port}`);
  page = await RoomsPage.in(browser);
});

afterEach(async () => {
  await page.close();
  await proxy.stop();
  await lines.close({ spreadMs: 0, timeoutMs: 0 });
  http.close();
  await app.stop();
});

async function open(mode = 'production'): Promise<void> {
  const line = encodeURIComponent(`ws://127.0.0.1:${proxy.port}/openline`);
  await page.open(`${app.origin}/?mode=${mode}&line=${line}`);
}

/** As a job of the application would; answers the texts. */
function say(room: string, count: number): string[] {
  const texts = Array.from({ length: count }, () => {
    newest += 1;
    const text = `said ${newest}`;
    lines.publish(`chat:${room}`, { n: newest, text });
    return text;
  });
  return texts;
}

describe('a component with useMessages', () => {
  it('shows what is published from its mount on, in order', async () => {
    say('lobby', 3);
    await open();
    await page.show([{ id: 'one', room: 'lobby' }]);
    await page.isLive('one');
    const texts = say('lobby', 1_000);
    expect(await page.textsOf('one', texts.length)).toEqual(texts);
    page.expectNoErrors();
  });

  it('goes on behind what the loader gave', async () => {
    say('lobby', 3);
    const from = await lines.snapshot('chat:lobby', () => null);
    const texts = say('lobby', 20);
    await open();
    await page.show([{ id: 'one', room: 'lobby', from }]);
    expect(await page.textsOf('one', texts.length)).toEqual(texts);
    texts.push(...say('lobby', 5));
    expect(await page.textsOf('one', texts.length)).toEqual(texts);
    page.expectNoErrors();
  });

  it('gets everything once under StrictMode, over one connection', async () => {
    await open('development');
    await page.show([{ id: 'one', room: 'lobby' }], true);
    await page.isLive('one');
    const texts = say('lobby', 50);
    expect(await page.textsOf('one', texts.length)).toEqual(texts);
    expect(lines.counters()).toMatchObject({ opened: 1, subscriptions: 1 });

    await page.leave();
    await eventually(() => lines.counters()).toMatchObject({ connections: 0, opened: 1 });
    page.expectNoErrors();
  });

  it('shares the line and the stream with another one', async () => {
    await open();
    await page.show([
      { id: 'one', room: 'lobby' },
      { id: 'two', room: 'lobby' },
      { id: 'three', room: 'attic' },
    ]);
    await page.isLive('one', 'two', 'three');
    expect(lines.counters()).toMatchObject({ opened: 1, subscriptions: 2 });
    const texts = say('lobby', 10);
    const others = say('attic', 10);
    expect(await page.textsOf('one', 10)).toEqual(texts);
    expect(await page.textsOf('two', 10)).toEqual(texts);
    expect(await page.textsOf('three', 10)).toEqual(others);

    await page.show([{ id: 'two', room: 'lobby' }]);
    await eventually(() => lines.counters()).toMatchObject({ connections: 1, subscriptions: 1 });
    texts.push(...say('lobby', 10));
    expect(await page.textsOf('two', 20)).toEqual(texts);
    await page.leave();
    await eventually(() => lines.counters()).toMatchObject({ connections: 0, opened: 1 });
    page.expectNoErrors();
  });
});

describe('a component with useLine', () => {
  it('is told what became of what it sent', async () => {
    proxy.set({ isRefusing: true });
    await open();
    await page.show([{ id: 'one', room: 'lobby' }]);
    await page.lineIs('one', 'waiting');
    const queued = page.send('one', 'hello');
    proxy.set({});
    const acked = { outcome: 'acked', value: { n: 1 } };
    expect(await queued).toEqual({ state: 'queued', settled: acked });
    await page.isLive('one');
    expect(await page.send('one', 'again')).toMatchObject({ state: 'sent' });
    const rejected = { outcome: 'rejected', code: 422, text: 'a message needs a text' };
    expect(await page.send('one', '')).toEqual({ state: 'sent', settled: rejected });
    expect(handled).toEqual(['hello', 'again']);
    page.expectNoErrors(true);
  });
});

describe('a connection that is cut', () => {
  it('is replaced, and nothing of what was published meanwhile is missing', async () => {
    await open();
    await page.show([{ id: 'one', room: 'lobby' }]);
    await page.isLive('one');
    const texts = say('lobby', 10);
    expect(await page.textsOf('one', 10)).toEqual(texts);
    proxy.set({ isRefusing: true });
    proxy.reset();
    await page.lineIs('one', 'waiting');
    texts.push(...say('lobby', 90));
    proxy.set({});
    expect(await page.textsOf('one', texts.length)).toEqual(texts);
    const { outages, resyncs } = await page.told();
    expect(outages).toHaveLength(1);
    expect(resyncs).toEqual([]);
    page.expectNoErrors(true);
  });

  it('keeps no message from being handled once and in order', async () => {
    await open();
    await page.show([{ id: 'one', room: 'lobby' }]);
    await page.isLive('one');
    // Those that left are lost on their way, and nobody knows how many were handled.
    proxy.set({ latencyMs: 30 });
    const texts = Array.from({ length: 300 }, (_, i) => `message ${i}`);
    const settled = page.sendAll('one', texts);
    await eventually(() => handled.length).toBeGreaterThan(0);
    proxy.reset();
    proxy.set({});
    const outcomes = (await settled).map((sent) => sent.settled.outcome);
    expect(outcomes).toEqual(texts.map(() => 'acked'));
    expect(handled).toEqual(texts);
    expect(await page.textsOf('one', texts.length)).toEqual(texts);
    page.expectNoErrors(true);
  });

  it('is told of once when history is too short, and goes on behind a new snapshot', async () => {
    const from = await lines.snapshot('chat:lobby', () => null);
    await open();
    await page.show([{ id: 'one', room: 'lobby', from }]);
    await page.isLive('one');
    const texts = say('lobby', 10);
    expect(await page.textsOf('one', 10)).toEqual(texts);
    proxy.set({ isRefusing: true });
    proxy.reset();
    await page.lineIs('one', 'waiting');
    say('lobby', HISTORY.entriesMax + 1);
    proxy.set({});
    await page.streamIs('one', 'resync');
    say('lobby', 10);
    const newer = await lines.snapshot('chat:lobby', () => null);
    texts.push(...say('lobby', 10));
    await page.show([{ id: 'one', room: 'lobby', from: newer }]);
    expect(await page.textsOf('one', texts.length)).toEqual(texts);
    expect((await page.told()).resyncs).toMatchObject([{ stream: 'chat:lobby' }]);
    page.expectNoErrors(true);
  });
});
