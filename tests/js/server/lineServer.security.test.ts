import { afterEach, describe, expect, it } from 'vitest';
import { type LineServerOptions, Reject } from '../../../js/src/server/index.js';
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

describe('a message that is nested without end', () => {
  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '0}'],
  ])('is refused for good, and the next one is handled: %s', async (_, open, close) => {
    const seen: unknown[] = [];
    const { dial } = await start({
      onMessage: ({ message, publish }) => {
        seen.push(message);
        publish('board', message);
      },
    });
    const client = await dial();
    await client.hello();
    const inner = close === '0}' ? '0' : '';
    let seq = 0;
    for (const depth of [100, 129, 1_000, 5_000, 10_000]) {
      seq += 1;
      const tail = close.replace('0', '').repeat(depth);
      client.socket.send(`[2,${seq},"chat",${open.repeat(depth)}${inner}${tail}]`);
      const frame = await client.frame(depth > 100 ? 4 : 3);
      expect(frame.slice(1)).toEqual(depth > 100 ? [seq, 4400, 'nested too deeply'] : [seq]);
    }
    expect(seen).toHaveLength(1);
  });

  it('is malformed where it does not end, and costs nobody else anything', async () => {
    const { dial } = await start();
    const [client, other] = [await dial(), await dial({ headers: { cookie: 'eve' } })];
    for (const one of [client, other]) await one.hello();
    client.socket.send('['.repeat(65_536));
    expect(await client.closed).toMatchObject({ code: 4400 });
    other.say([9, 0, 1]);
    expect(await other.frame(9)).toEqual([9, 0]);
  });
});

it('passes __proto__ on as the key of a message and as the name of a stream', async () => {
  const { dial, lines } = await start({
    onMessage: ({ message, stream, publish }) => publish(stream, message),
  });
  const client = await dial();
  const welcome = await client.hello([
    ['__proto__', null],
    ['constructor', null],
  ]);
  expect(welcome.s.map(([stream]) => stream)).toEqual(['__proto__', 'constructor']);
  const payload = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}';
  client.socket.send(`[2,1,"__proto__",${payload}]`);
  const { values } = await client.batch();
  expect(JSON.stringify(values[0])).toBe(payload);
  expect(await lines.presence('__proto__')).toEqual(['ada']);
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
});

it('answers others while one floods', async () => {
  const { dial, lines } = await start({ onMessage: () => {} });
  const [flooder, other] = [await dial(), await dial({ headers: { cookie: 'eve' } })];
  for (const one of [flooder, other]) await one.hello();
  let seq = 0;
  const flood = setInterval(() => {
    for (let i = 0; i < 50; i += 1) if (flooder.socket.readyState === 1) flooder.say([9, 0]);
  }, 1);
  let slowest = 0;
  for (let i = 0; i < 50; i += 1) {
    const begun = performance.now();
    seq += 1;
    other.say([9, 0, 1]);
    await other.frame(9);
    slowest = Math.max(slowest, performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  clearInterval(flood);
  expect(seq).toBe(50);
  expect(slowest).toBeLessThan(500);
  expect(lines.counters().throttled).toBeGreaterThan(0);
});

it('cuts what an application says to fit a close frame or a NACK', async () => {
  const { dial } = await start({
    onMessage: () => {
      throw new Reject(1, `\u0000${'€'.repeat(5_000)}`);
    },
  });
  const client = await dial();
  await client.hello();
  client.say([2, 1, 'chat', 'x']);
  const [, , , text] = await client.frame(4);
  expect(text).toHaveLength(1_000);
});

it('does not replay to a user whose grant was taken back while he was away', async () => {
  let isAllowed = true;
  const { dial, lines } = await start({ authorize: () => isAllowed });
  const client = await dial();
  const [, , epoch] = (await client.hello([['room', null]])).s[0] ?? [];
  client.socket.close();
  await until(() => lines.counters().connections === 0, 'he has gone');
  await lines.publish('room', 'secret');
  isAllowed = false;
  const again = await dial();
  expect((await again.hello([['room', [epoch, 0]]])).s).toEqual([
    ['room', null, 4403, 'not allowed'],
  ]);
  again.say([5, 'room', [epoch, 0]]);
  expect(await again.frame(5)).toEqual([5, 'room', null, 4403, 'not allowed']);
  again.say([9, 0, 1]);
  await again.frame(9);
  expect(again.received).toEqual([]);
});
