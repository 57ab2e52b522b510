import { connect } from 'node:net';
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

/** A client that speaks frames byte by byte. */
async function rawClient(): Promise<{ write(bytes: Buffer): void; closed: Promise<number> }> {
  const socket = connect(server.port, '127.0.0.1');
  const closed = new Promise<number>((resolve) => {
    socket.on('error', () => resolve(0));
    let last = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      last = Buffer.concat([last, bytes]);
      const at = last.indexOf(0x88, last.indexOf('\r\n\r\n'));
      if (at >= 0 && last.length >= at + 4) resolve(last.readUInt16BE(at + 2));
    });
    socket.on('close', () => resolve(0));
  });
  socket.write(
    [
      'GET /openline HTTP/1.1',
      `Host: 127.0.0.1:${server.port}`,
      `Origin: http://127.0.0.1:${server.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Cookie: ada',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Protocol: openline.1',
      '\r\n',
    ].join('\r\n'),
  );
  await until(() => server.lines.counters().connections === 1, 'it is open');
  return { write: (bytes) => socket.write(bytes), closed };
}

describe('a frame', () => {
  it('of the greatest size is taken, one byte more is 1009', async () => {
    const { dial, lines } = await start({ onMessage: () => {} });
    const client = await dial();
    await client.hello();
    const message = (seq: number, bytes: number) => `[2,${seq},"a","${'x'.repeat(bytes - 12)}"]`;
    expect(message(1, 65_536)).toHaveLength(65_536);
    client.socket.send(message(1, 65_536));
    expect(await client.frame(3)).toEqual([3, 1]);
    client.socket.send(message(2, 65_537));
    expect(await client.closed).toMatchObject({ code: 1009 });
    await until(() => lines.counters().connections === 0, 'it has gone');
    expect(lines.counters().closed).toEqual({ 1009: 1 });
  });

  it('of no UTF-8 is 1007', async () => {
    await start();
    const { write, closed } = await rawClient();
    write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]));
    expect(await closed).toBe(1007);
  });

  it('without a mask is 1002', async () => {
    await start();
    const { write, closed } = await rawClient();
    write(Buffer.from('\x81\x02[]', 'latin1'));
    expect(await closed).toBe(1002);
  });

  it.each([
    ['tiny', Buffer.from([0x00, 0x81, 0, 0, 0, 0, 0x20])],
    ['empty', Buffer.from([0x00, 0x80, 0, 0, 0, 0])],
  ])('in a flood of %s fragments is 1008, and costs no memory', async (_, fragment) => {
    await start();
    const before = process.memoryUsage().rss;
    const { write, closed } = await rawClient();
    write(Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x5b]));
    write(Buffer.concat(Array.from({ length: 100_000 }, () => fragment)));
    expect(await closed).toBe(1008);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1_048_576);
  });
});

describe('a ping', () => {
  it('is answered', async () => {
    const { dial } = await start();
    const { socket } = await dial();
    const pong = new Promise((resolve) => socket.once('pong', (bytes) => resolve(`${bytes}`)));
    socket.ping('there?');
    expect(await pong).toBe('there?');
  });

  it('counts as a frame, so a flood of them is not read', async () => {
    const { dial, lines } = await start({ limits: { messageWindow: 1, frameBurst: 10 } });
    const client = await dial();
    await client.hello();
    for (let i = 0; i < 50; i += 1) client.socket.ping();
    await until(() => lines.counters().throttled > 0, 'it is slowed down');
  });
});

describe('a client beyond its rate', () => {
  it('is not read from for a while, and loses nothing', async () => {
    const seen: unknown[] = [];
    const { dial, lines } = await start({
      limits: { messageWindow: 10, frameBurst: 10, framesPerSecond: 100, helloTimeoutMs: 40 },
      onMessage: ({ message }) => seen.push(message),
    });
    const client = await dial();
    await client.hello();
    for (let seq = 1; seq <= 30; seq += 1) {
      client.say([2, seq, 'chat', seq]);
      await until(() => seen.length === seq, `message ${seq} is handled`);
    }
    expect(seen).toHaveLength(30);
    expect(lines.counters().throttled).toBeGreaterThan(0);
    expect(lines.counters().closed).toEqual({});
  });

  it('for longer than the limit is closed with 4429', async () => {
    const { dial, lines } = await start({
      limits: {
        messageWindow: 1,
        frameBurst: 20,
        framesPerSecond: 100,
        throttleMs: 100,
        helloTimeoutMs: 40,
      },
    });
    const client = await dial();
    await client.hello();
    const flood = setInterval(() => {
      for (let i = 0; i < 50; i += 1) if (client.socket.readyState === 1) client.say([9, 0]);
    }, 1);
    expect(await client.closed).toMatchObject({ code: 4429 });
    clearInterval(flood);
    expect(lines.counters().throttled).toBeGreaterThan(0);
  });
});

describe('a slow consumer', () => {
  const stall = { unsentBytes: 65_536, unsentMs: 50, helloTimeoutMs: 40 };

  it('is cut with 1013 after a while, and others are not', async () => {
    const { dial, lines, events } = await start({ limits: stall });
    const slow = await dial();
    const other = await dial({ headers: { cookie: 'eve' } });
    for (const client of [slow, other]) await client.hello([['board', null]]);
    slow.socket.pause();
    const value = 'x'.repeat(100_000);
    const flood = setInterval(() => void lines.publish('board', value), 2);
    await until(() => events.some(({ type }) => type === 'closed'), 'it is cut', 10_000);
    clearInterval(flood);
    expect(events.find(({ type }) => type === 'closed')).toMatchObject({ user: 'ada', code: 1013 });
    expect(lines.counters()).toMatchObject({ connections: 1, closed: { 1013: 1 } });
  });

  it('with more than the most is cut at once', async () => {
    const { dial, lines } = await start({
      limits: { unsentBytesMax: 200_000, unsentMs: 100_000 },
      onMessage: ({ reply }) => reply('x'.repeat(60_000)),
    });
    const client = await dial();
    await client.hello();
    client.socket.pause();
    for (let seq = 1; seq <= 250; seq += 1) client.say([2, seq, 'chat', seq]);
    await until(() => lines.counters().closed[1013] === 1, 'it is cut');
  });
});

describe('what is published', () => {
  it('together comes together, and in order', async () => {
    const { dial, lines } = await start();
    const client = await dial();
    await client.hello([['board', null]]);
    for (let i = 0; i < 1_000; i += 1) void lines.publish('board', i);
    const values: unknown[] = [];
    let frames = 0;
    while (values.length < 1_000) {
      values.push(...(await client.batch()).values);
      frames += 1;
    }
    expect(values).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
    expect(frames).toBeLessThan(10);
  });
});

it('survives what must not fail, and closes with 4500', async () => {
  const { dial, events } = await start({
    broker: () => Object.assign(memoryBroker(), { watch: () => failing() }),
  });
  const client = await dial();
  client.say([1, { v: 1, c: 'AAAAAAAAAAAAAAAAAAAAAA', n: 1, s: [['a', null]] }]);
  expect(await client.closed).toMatchObject({ code: 4500 });
  expect(events).toContainEqual(expect.objectContaining({ type: 'failed', during: 'broker' }));
});

function failing(): never {
  throw new Error('a bug');
}
