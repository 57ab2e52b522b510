import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LineServerOptions, Reject } from '../../../js/src/server/index.js';
import { LineSocket } from '../../../js/src/server/lineSocket.js';
import type { DialOptions } from '../../support/protocolClient.js';
import {
  type LineServerFixture,
  startLineServer,
  type TestUser,
} from '../../support/startLineServer.js';
import { until } from '../../support/until.js';

let server: LineServerFixture;

async function start(options?: Partial<LineServerOptions<TestUser>>) {
  server = await startLineServer(options);
  return server;
}

const plain = (query = '', more: DialOptions = {}) =>
  server.dial({ protocols: [], query, ...more });

afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

describe('a plain client', () => {
  it('gets the publications of the streams of its URL, as JSON', async () => {
    const { lines } = await start();
    const client = await plain('?stream=a&stream=b&stream=a');
    await until(() => lines.counters().subscriptions === 2, 'it is subscribed');
    await lines.publish('a', { é: 1 });
    await lines.publish('b', [2]);
    await lines.publish('c', 3);
    expect(await client.next()).toEqual({ stream: 'a', data: { é: 1 } });
    expect(await client.next()).toEqual({ stream: 'b', data: [2] });
    expect(await lines.presence('a')).toEqual(['ada']);
  });

  it('is told which streams it may not read, and gets nothing of them', async () => {
    const { lines } = await start({ authorize: (_, stream) => stream === 'a' });
    const client = await plain(`?stream=secret&stream=a&stream=${'x'.repeat(300)}`);
    expect(await client.next()).toEqual({
      error: { code: 4400, text: 'no name of a stream', stream: '' },
    });
    expect(await client.next()).toEqual({
      error: { code: 4403, text: 'not allowed', stream: 'secret' },
    });
    await lines.publish('secret', 1);
    await lines.publish('a', 2);
    expect(await client.next()).toEqual({ stream: 'a', data: 2 });
  });

  it('sends messages, and is answered where the handler answers', async () => {
    const { lines } = await start({
      onMessage: ({ user, stream, message, reply, publish }) => {
        if (message === 'bad') throw new Reject(17, 'no');
        if (message === 'quiet') return;
        publish('board', message);
        reply([user, stream, message]);
      },
    });
    const client = await plain();
    const say = (data: unknown) => client.say({ stream: 'chat', data });
    say('quiet');
    say('hi');
    say('bad');
    expect(await client.next()).toEqual({ stream: 'chat', reply: ['ada', 'chat', 'hi'] });
    expect(await client.next()).toEqual({ error: { code: 17, text: 'no', stream: 'chat' } });
    expect((await lines.snapshot('board', () => 0)).at[1]).toBe(1);
    expect(lines.counters()).toMatchObject({ messages: 3, handled: 3, rejected: 1 });
  });

  it('may not write where it is not allowed to, and is told', async () => {
    await start({ authorize: (_, __, access) => access === 'read', onMessage: () => {} });
    const client = await plain();
    client.say({ stream: 'chat', data: 1 });
    expect(await client.next()).toMatchObject({ error: { code: 4403, stream: 'chat' } });
  });

  it.each(['x', '1', 'null', '[]', '{}', '{"stream":"a"}', '{"stream":"","data":1}'])(
    'is closed with 4400 for %s',
    async (text) => {
      await start();
      const client = await plain();
      client.socket.send(text);
      expect(await client.closed).toMatchObject({ code: 4400 });
    },
  );

  it('is closed with 4500 where the handler fails, and with 1003 for a binary frame', async () => {
    await start({
      onMessage: () => {
        throw new Error('no database');
      },
    });
    const client = await plain();
    client.say({ stream: 'chat', data: 1 });
    expect(await client.closed).toMatchObject({ code: 4500 });
    const other = await plain();
    other.socket.send(Buffer.from('{}'));
    expect(await other.closed).toMatchObject({ code: 1003 });
  });

  it('has its messages handled one at a time, and is not read from when many wait', async () => {
    let running = 0;
    const seen: unknown[] = [];
    const { lines } = await start({
      limits: { frameBurst: 10_000 },
      onMessage: async ({ message }) => {
        running += 1;
        expect(running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        seen.push(message);
      },
    });
    const client = await plain();
    for (let i = 0; i < 500; i += 1) client.say({ stream: 'chat', data: i });
    await until(() => seen.length === 500, 'all are handled');
    expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(lines.counters().handlerFailures).toBe(0);
  });

  it('is asked for a sign of life by a ping, and ended without one', async () => {
    const { lines } = await start({ heartbeatMs: 40, idleMs: 600 });
    const client = await plain();
    let pings = 0;
    client.socket.on('ping', () => {
      pings += 1;
    });
    await until(() => pings > 3, 'it was asked');
    expect(lines.counters().connections).toBe(1);
    client.socket.pause();
    await until(() => lines.counters().expired === 1, 'it was given up');
  });

  it('has nothing more handled once its user is revoked', async () => {
    const seen: unknown[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { lines } = await start({
      onMessage: async ({ message }) => {
        seen.push(message);
        await gate;
      },
    });
    const client = await plain();
    for (let i = 0; i < 3; i += 1) client.say({ stream: 'chat', data: i });
    await until(() => lines.counters().messages === 3, 'all are there');
    await lines.revoke('ada');
    expect(await client.closed).toMatchObject({ code: 4401 });
    release();
    await until(() => lines.counters().handled === 1, 'the first is handled');
    expect(seen).toEqual([0]);
  });

  it('is not read from while more bytes wait than 256 KiB', async () => {
    const gates: (() => void)[] = [];
    const pause = vi.spyOn(LineSocket.prototype, 'pause');
    const { lines } = await start({
      onMessage: () => new Promise<void>((resolve) => gates.push(resolve)),
    });
    const client = await plain();
    const data = 'x'.repeat(60_000);
    for (let i = 0; i < 30; i += 1) client.say({ stream: 'chat', data });
    await until(() => pause.mock.calls.length > 0, 'the server reads no more');
    expect(lines.counters()).toMatchObject({ throttled: 0 });
    expect(lines.counters().messages).toBeLessThan(10);
    const handled = () => lines.counters().handled;
    for (let i = 0; i < 30; i += 1) {
      await until(() => gates.length > i, 'one runs');
      gates[i]?.();
    }
    await until(() => handled() === 30, 'all are handled');
  });
});
