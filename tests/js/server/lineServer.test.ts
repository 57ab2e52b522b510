import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type LineServerOptions, memoryBroker } from '../../../js/src/server/index.js';
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

const id = (n: number) => `${n}`.padStart(22, 'c');

describe('LineServer', () => {
  it('welcomes a client, and passes on what is published', async () => {
    const { lines, dial } = await start();
    const client = await dial();
    const welcome = await client.hello([['board', null]]);
    expect(welcome).toMatchObject({ v: 1, hb: 24_000, idle: 34_000, max: 65_536, win: 256 });
    expect(welcome.ack).toBe(0);
    const [stream, index, epoch, top, recovered] = welcome.s[0] ?? [];
    expect([stream, top, recovered]).toEqual(['board', 0, true]);
    expect(await lines.publish('board', { a: 1 })).toEqual([epoch, 1]);
    expect(await client.batch()).toEqual({ index, first: 1, last: 1, values: [{ a: 1 }] });
  });

  it('handles messages in order and acknowledges them', async () => {
    const seen: unknown[] = [];
    const { dial } = await start({
      onMessage: async ({ user, stream, message, reply }) => {
        seen.push([user, stream, message]);
        reply({ n: seen.length });
      },
    });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 'one']);
    client.say([2, 2, 'chat', 'two']);
    expect(await client.frame(10)).toEqual([10, 1, { n: 1 }]);
    expect(await client.frame(10)).toEqual([10, 2, { n: 2 }]);
    expect(await client.frame(3)).toEqual([3, 2]);
    expect(seen).toEqual([
      ['ada', 'chat', 'one'],
      ['ada', 'chat', 'two'],
    ]);
  });

  it('attaches to an HTTP server once, and takes nothing after it was detached', async () => {
    const { lines, http, dial } = await start();
    const detach = lines.attach(http);
    expect(http.listenerCount('upgrade')).toBe(1);
    const client = await dial();
    await client.hello();
    detach();
    expect(http.listenerCount('upgrade')).toBe(0);
    client.say([9, 0, 1]);
    expect(await client.frame(9)).toEqual([9, 0]);
  });
});

describe('publish', () => {
  it('refuses what cannot be published, by name', async () => {
    const { lines } = await start({ limits: { publicationBytes: 1_024 } });
    expect(() => lines.publish('', 1)).toThrow(/is no stream/);
    expect(() => lines.publish('a', undefined)).toThrow(/JSON cannot hold; give null/);
    expect(() => lines.publish('a', 1, { key: '' })).toThrow(/a key is 1 to 256 bytes/);
    expect(() => lines.publish('a', 'x'.repeat(1_023))).toThrow(/limits.publicationBytes \(1024\)/);
    expect(await lines.publish('a', 'x'.repeat(1_022))).toMatchObject({ 1: 1 });
  });
});

describe('snapshot', () => {
  it('reads the position first and the data second', async () => {
    const { lines } = await start();
    await lines.publish('board', 1);
    const { value, at } = await lines.snapshot('board', async () => {
      await lines.publish('board', 2);
      return 'rows';
    });
    expect(value).toBe('rows');
    expect(at[1]).toBe(1);
  });

  it('rejects with what reading rejects with, and for what is no stream', async () => {
    const { lines } = await start();
    const failing = () => Promise.reject(new Error('no database'));
    await expect(lines.snapshot('board', failing)).rejects.toThrow('no database');
    await expect(lines.snapshot('', () => 1)).rejects.toThrow(/is no stream/);
  });
});

describe('presence', () => {
  it('names each user once, until the last connection is gone', async () => {
    const { lines, dial } = await start();
    const clients = [];
    for (const [n, cookie] of ['ada', 'ada', 'eve'].entries()) {
      const client = await dial({ headers: { cookie } });
      await client.hello([['room', null]], { c: id(n) });
      clients.push(client);
    }
    expect([...(await lines.presence('room'))].sort()).toEqual(['ada', 'eve']);
    for (const client of clients.slice(1)) client.socket.terminate();
    await until(() => lines.counters().connections === 1, 'two have gone');
    expect(await lines.presence('room')).toEqual(['ada']);
    clients[0]?.socket.close();
    await until(() => lines.counters().connections === 0, 'all have gone');
    expect(await lines.presence('room')).toEqual([]);
  });
});

describe('a user', () => {
  it('who has too many connections loses the oldest', async () => {
    const { lines, dial, events } = await start();
    const clients = [];
    for (let n = 0; n < 25; n += 1) {
      const client = await dial();
      await client.hello([], { c: id(n) });
      clients.push(client);
    }
    for (const client of clients.slice(0, 5)) {
      expect(await client.closed).toEqual({ code: 4409, reason: 'more than 20 connections' });
    }
    await until(() => lines.counters().connections === 20, 'five have gone');
    const reason = 'more than 20 connections';
    expect(events).toContainEqual({ type: 'closed', user: 'ada', code: 4409, reason });
    const other = await dial({ headers: { cookie: 'eve' } });
    await other.hello();
    expect(lines.counters().connections).toBe(21);
  });

  it('who is revoked loses all lines within 2 s, at every server of the broker', async () => {
    const broker = memoryBroker();
    const first = await start({ broker });
    const second = await startLineServer({ broker, path: '/second' });
    const clients = [];
    for (let n = 0; n < 10; n += 1) {
      const [from, path] = n % 2 ? [first, '/openline'] : [second, '/second'];
      const client = await from.dial({ path });
      await client.hello([], { c: id(n) });
      clients.push(client);
    }
    const eve = await first.dial({ headers: { cookie: 'eve' } });
    await eve.hello();
    const begun = performance.now();
    await first.lines.revoke('ada');
    for (const client of clients) expect(await client.closed).toMatchObject({ code: 4401 });
    expect(performance.now() - begun).toBeLessThan(2_000);
    eve.say([9, 0, 1]);
    expect(await eve.frame(9)).toEqual([9, 0]);
    await second.close();
  });

  it('who is revoked while an upgrade is under way does not slip through', async () => {
    let answer = (_: string) => {};
    const { lines, dial } = await start({
      authenticate: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const dialed = dial();
    await until(() => lines.counters().authentications === 1, 'it is under way');
    await lines.revoke('ada');
    answer('ada');
    expect(await (await dialed).closed).toMatchObject({ code: 4401 });
  });
});

describe('what another user has', () => {
  it('is not to be had with his client id and position', async () => {
    const { lines, dial } = await start({
      authorize: (user, stream) => stream === `private:${user}`,
      onMessage: () => {},
    });
    const ada = await dial();
    const c = 'SSSSSSSSSSSSSSSSSSSSSS';
    const welcome = await ada.hello([['private:ada', null]], { c });
    const epoch = welcome.s[0]?.[2];
    ada.say([2, 1, 'private:ada', 'x']);
    await ada.frame(3);
    await lines.publish('private:ada', 'secret');
    const eve = await dial({ headers: { cookie: 'eve' } });
    const answer = await eve.hello([['private:ada', [epoch, 0]]], { c });
    expect(answer).toMatchObject({ ack: 0, s: [['private:ada', null, 4403, 'not allowed']] });
    eve.say([7, 1, epoch, 0]);
    eve.say([2, 1, 'private:ada', 'y']);
    expect(await eve.frame(4)).toEqual([4, 1, 4403, 'not allowed']);
    expect(eve.received).toEqual([]);
    expect((await ada.batch()).values).toEqual(['secret']);
  });
});

it('reports no secret', async () => {
  const { dial, events } = await start({ authorize: () => false });
  const secret = 'sesame';
  const client = await dial({
    query: `?token=${secret}`,
    headers: { authorization: secret, cookie: 'ada' },
  });
  await client.hello([['a', null]]);
  client.socket.close(1000, 'bye\r\nforged line');
  await until(() => events.length === 2, 'it is closed');
  expect(JSON.stringify(events)).not.toContain(secret);
  expect(events[1]).toEqual({ type: 'closed', user: 'ada', code: 1000, reason: 'bye forged line' });
});

it('is not harmed by a listener that throws', async () => {
  const { dial } = await start({
    onEvent: () => {
      throw new Error('no disk');
    },
  });
  const client = await dial();
  await client.hello();
  client.say([9, 0, 1]);
  expect(await client.frame(9)).toEqual([9, 0]);
});

it('attaches to nothing but an HTTP server', async () => {
  const { lines } = await start();
  expect(() => lines.attach(undefined as never)).toThrow(/attach takes an HTTP server/);
});

it('is not attached once it is closed', async () => {
  const { lines } = await start();
  await lines.close();
  expect(() => lines.attach(createServer())).toThrow(/is closed; create a new one/);
});
