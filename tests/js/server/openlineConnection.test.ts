import { afterEach, describe, expect, it } from 'vitest';
import type { LineServerOptions } from '../../../js/src/server/index.js';
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

const HELLO = [1, { v: 1, c: 'AAAAAAAAAAAAAAAAAAAAAA', n: 1, s: [] }];

describe('what is malformed', () => {
  it.each([
    ['no JSON', '{'],
    ['another frame before HELLO', '[9,0]'],
    ['a HELLO without a client id', '[1,{"v":1,"n":1,"s":[]}]'],
  ])('closes with 4400: %s', async (_, text) => {
    const { dial } = await start();
    const client = await dial();
    client.socket.send(text);
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  it('is a second HELLO', async () => {
    const { dial } = await start();
    const client = await dial();
    await client.hello();
    client.say(HELLO);
    expect(await client.closed).toEqual({ code: 4400, reason: 'HELLO comes once' });
  });

  it('is a second HELLO while the first is being answered, too', async () => {
    const { dial } = await start({ authorize: () => new Promise(() => {}) });
    const client = await dial();
    client.say([1, { v: 1, c: 'AAAAAAAAAAAAAAAAAAAAAA', n: 1, s: [['a', null]] }]);
    client.say(HELLO);
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  it('is not an unknown opcode, and not a frame about a stream that is unknown', async () => {
    const { dial } = await start();
    const client = await dial();
    await client.hello();
    for (const frame of [[99], [6, 'nothing'], [7, 77, 'e1', 3]]) client.say(frame);
    client.say([9, 0, 1]);
    expect(await client.frame(9)).toEqual([9, 0]);
  });

  it('is 1003 for a binary frame', async () => {
    const { dial } = await start();
    const client = await dial();
    client.socket.send(Buffer.from('[9,0]'));
    expect(await client.closed).toMatchObject({ code: 1003 });
  });
});

describe('subscriptions', () => {
  it('are answered in their order, however long each is thought about', async () => {
    const delays: Record<string, number> = { slow: 30, quick: 0 };
    const { dial } = await start({
      authorize: async (_, stream) => {
        await new Promise((resolve) => setTimeout(resolve, delays[stream] ?? 0));
        return stream !== 'forbidden';
      },
    });
    const client = await dial();
    const welcome = await client.hello([
      ['slow', null],
      ['forbidden', null],
    ]);
    expect(welcome.s.map(([stream, index]) => [stream, index !== null])).toEqual([
      ['slow', true],
      ['forbidden', false],
    ]);
    expect(welcome.s[1]).toEqual(['forbidden', null, 4403, 'not allowed']);
    for (const stream of ['slow', 'quick', 'forbidden']) client.say([5, stream, null]);
    expect((await client.frame(5))[1]).toBe('slow');
    expect((await client.frame(5))[1]).toBe('quick');
    expect(await client.frame(5)).toEqual([5, 'forbidden', null, 4403, 'not allowed']);
  });

  it('are authorised before their position is looked at', async () => {
    const { lines, dial } = await start({ authorize: (user) => user === 'ada' });
    const [epoch] = await lines.publish('secret', 'of ada');
    const client = await dial({ headers: { cookie: 'eve' } });
    const welcome = await client.hello([['secret', [epoch, 0]]]);
    expect(welcome.s).toEqual([['secret', null, 4403, 'not allowed']]);
    client.say([9, 0, 1]);
    await client.frame(9);
    expect(client.received).toEqual([]);
  });

  it('go on after a position', async () => {
    const { lines, dial } = await start();
    const [epoch] = await lines.publish('board', 1);
    await lines.publish('board', 2);
    const client = await dial();
    const welcome = await client.hello([['board', [epoch, 1]]]);
    expect(welcome.s[0]).toMatchObject(['board', expect.any(Number), epoch, 2, true]);
    expect(await client.batch()).toMatchObject({ first: 2, last: 2, values: [2] });
  });

  it('end with UNSUBSCRIBE', async () => {
    const { lines, dial } = await start();
    const client = await dial();
    await client.hello([['board', null]]);
    expect(await lines.presence('board')).toEqual(['ada']);
    client.say([6, 'board']);
    client.say([9, 0, 1]);
    await client.frame(9);
    expect(await lines.presence('board')).toEqual([]);
    expect(lines.counters().subscriptions).toBe(0);
    await lines.publish('board', 1);
    client.say([9, 0, 1]);
    await client.frame(9);
    expect(client.received).toEqual([]);
  });

  it('are no more than the limit allows', async () => {
    const { dial } = await start({ limits: { streamsPerConnection: 2 } });
    const client = await dial();
    const welcome = await client.hello([
      ['a', null],
      ['b', null],
      ['c', null],
    ]);
    expect(welcome.s[2]).toEqual(['c', null, 4429, 'more than 2 streams']);
    client.say([5, 'a', null]);
    expect((await client.frame(5))[2]).toEqual(expect.any(Number));
    client.say([6, 'b']);
    client.say([5, 'c', null]);
    expect((await client.frame(5)).slice(1, 3)).toEqual(['c', expect.any(Number)]);
  });

  it('close the connection with 4500 where authorize throws', async () => {
    const { dial, events } = await start({
      authorize: () => {
        throw new Error('no database');
      },
    });
    const client = await dial();
    client.say([1, { v: 1, c: 'AAAAAAAAAAAAAAAAAAAAAA', n: 1, s: [['a', null]] }]);
    expect(await client.closed).toMatchObject({ code: 4500 });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'failed', during: 'authorize', user: 'ada' }),
    );
  });

  it('answer RECOVER with the runs that are missing, or with RESYNC', async () => {
    const { lines, dial } = await start();
    const client = await dial();
    const welcome = await client.hello([['board', null]]);
    const [, index, epoch] = welcome.s[0] ?? [];
    for (let i = 1; i <= 4; i += 1) await lines.publish('board', i);
    expect((await client.batch()).last).toBe(4);
    client.say([7, index, epoch, 3]);
    expect(await client.batch()).toMatchObject({ first: 4, last: 4, values: [4] });
    client.say([7, index, 'another', 0]);
    expect(await client.frame(6)).toEqual([6, index, epoch, 4]);
    expect(lines.counters().resyncs).toBe(1);
  });
});

describe('a newer connection of the same client', () => {
  it('replaces the older one, which is closed with 4409', async () => {
    const { dial } = await start();
    const older = await dial();
    await older.hello();
    const newer = await dial();
    await newer.hello();
    expect(await older.closed).toMatchObject({ code: 4409 });
    newer.say([9, 0, 1]);
    expect(await newer.frame(9)).toEqual([9, 0]);
  });

  it('replaces nothing of another user', async () => {
    const { dial } = await start({ onMessage: () => {} });
    const ada = await dial();
    await ada.hello();
    ada.say([2, 1, 'chat', 'x']);
    await ada.frame(3);
    const eve = await dial({ headers: { cookie: 'eve' } });
    expect(await eve.hello()).toMatchObject({ ack: 0 });
    ada.say([9, 1, 1]);
    expect(await ada.frame(9)).toEqual([9, 1]);
  });
});

it('answers a HEARTBEAT though a subscription is still being thought about', async () => {
  const { dial } = await start({
    authorize: (_, stream) => (stream === 'never' ? new Promise(() => {}) : true),
  });
  const client = await dial();
  await client.hello();
  client.say([5, 'never', null]);
  client.say([9, 0, 1]);
  expect(await client.frame(9)).toEqual([9, 0]);
});

it('reads no further while too many frames wait for an answer', async () => {
  const authorised: string[] = [];
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { dial, lines } = await start({
    limits: { frameBurst: 10_000 },
    authorize: async (_, stream) => {
      authorised.push(stream);
      if (stream === 'first') await gate;
      return true;
    },
  });
  const client = await dial();
  await client.hello();
  client.say([5, 'first', null]);
  const name = (i: number) => `${i}`.padStart(256, 'x');
  for (let i = 0; i < 900; i += 1) client.say([5, name(i), null]);
  await until(() => authorised.length === 1, 'the first is being thought about');
  release();
  for (let i = 0; i < 901; i += 1) await client.frame(5);
  expect(authorised).toEqual(['first', ...Array.from({ length: 900 }, (_, i) => name(i))]);
  expect(lines.counters()).toMatchObject({ subscriptions: 901, throttled: 0 });
});
