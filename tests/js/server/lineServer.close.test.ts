import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createLineServer,
  type LineServerOptions,
  lineServer,
  memoryBroker,
} from '../../../js/src/server/index.js';
import { dialing } from '../../support/protocolClient.js';
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

afterEach(() => server.close());

describe('close', () => {
  it('tells clients to come back spread out, and closes with 1012', async () => {
    const { lines, dial } = await start();
    const client = await dial();
    await client.hello();
    const closed = lines.close({ spreadMs: 7_000 });
    expect(await client.frame(8)).toEqual([8, 1012, 'restarting', 0, 7_000]);
    expect(await client.closed).toEqual({ code: 1012, reason: 'restarting' });
    await closed;
    expect(lines.counters()).toMatchObject({ connections: 0, subscriptions: 0 });
  });

  it('finishes and acknowledges what it has, and begins nothing new', async () => {
    const seen: unknown[] = [];
    let release = () => {};
    const { lines, dial } = await start({
      onMessage: async ({ message }) => {
        seen.push(message);
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      },
    });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 1]);
    await until(() => seen.length === 1, 'it is being handled');
    const closed = lines.close();
    await client.frame(8);
    client.say([2, 2, 'chat', 2]);
    client.say([9, 0, 1]);
    expect(await client.frame(9)).toEqual([9, 0]);
    release();
    expect(await client.frame(3)).toEqual([3, 1]);
    expect(await client.closed).toMatchObject({ code: 1012 });
    await closed;
    expect(seen).toEqual([1]);
  });

  it('makes way for a server of the same path that is created meanwhile', async () => {
    const { lines, http, dial } = await start({ onMessage: () => new Promise(() => {}) });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 1]);
    await until(() => lines.counters().messages === 1, 'it is being handled');
    const closed = lines.close({ timeoutMs: 200 });
    const next = createLineServer({ authenticate: () => 'eve', authorize: () => true });
    next.attach(http);
    await (await dial()).hello();
    expect([lines, next].map((each) => each.counters().opened)).toEqual([1, 1]);
    expect(lines.counters().refused).toBe(0);
    await Promise.all([closed, next.close()]);
  });

  it('refuses new upgrades with 503 meanwhile', async () => {
    const { lines, dial, port } = await start({ onMessage: () => new Promise(() => {}) });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 1]);
    await until(() => lines.counters().messages === 1, 'it is being handled');
    const closed = lines.close({ timeoutMs: 200 });
    const [, response] = await once(dialing({ port }).socket, 'unexpected-response');
    expect(response.statusCode).toBe(503);
    await closed;
  });

  it('gives up handlers that hang and clients that do not answer', async () => {
    const { lines, dial } = await start({ onMessage: () => new Promise(() => {}) });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 1]);
    await until(() => lines.counters().messages === 1, 'it is being handled');
    client.socket.pause();
    const begun = performance.now();
    await lines.close({ timeoutMs: 100 });
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(lines.counters().connections).toBe(0);
  });

  it('is one, however often it is called', async () => {
    const broker = memoryBroker();
    const close = vi.spyOn(broker, 'close');
    const { lines } = await start({ broker });
    expect(lines.close()).toBe(lines.close());
    await lines.close();
    expect(close).toHaveBeenCalledOnce();
  });

  it('leaves no timer and no listener, and frees the path', async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate/.test(name)).length;
    const before = timers();
    const { lines, http, dial } = await start();
    const client = await dial();
    await client.hello([['a', null]]);
    expect(lineServer()).toBe(lines);
    await lines.close();
    await client.closed;
    expect(http.listenerCount('upgrade')).toBe(0);
    expect(() => lineServer()).toThrow(/no line server at '\/openline'/);
    await until(() => timers() <= before, 'no timer is left');
  });

  it('refuses options that are none', async () => {
    const { lines } = await start();
    expect(() => lines.close({ spreadMs: -1 })).toThrow(/spreadMs is -1/);
    expect(() => lines.close({ timeoutMs: 0.5 })).toThrow(/give an integer/);
  });
});
