import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectionsPerVisitorMax, visitorsMax } from '../../../demo/server/visitors.js';
import { client, startDemo } from './startDemo.js';

let demo;

beforeEach(async () => {
  demo = await startDemo();
});

afterEach(() => demo.stop());

describe('the line', () => {
  test('it sends each text back to its sender, in order', async () => {
    const socket = await demo.open();
    for (const text of ['one', 'zwei', '三']) socket.send(text);
    expect(await socket.inbox.next()).toBe('one');
    expect(await socket.inbox.next()).toBe('zwei');
    expect(await socket.inbox.next()).toBe('三');
  });

  test('binary comes back as binary, byte for byte', async () => {
    const socket = await demo.open();
    const bytes = Buffer.from([0, 255, 13, 10]);
    socket.send(bytes);
    expect(await socket.inbox.next()).toEqual(bytes);
  });

  test('a message of 16 MB comes back whole', async () => {
    const socket = await demo.open();
    const bytes = Buffer.alloc(16 * 1024 * 1024, 7);
    socket.send(bytes);
    expect(bytes.equals(await socket.inbox.next())).toBe(true);
  });

  test('a message above 32 MiB is closed with 1009', async () => {
    const socket = await demo.open();
    socket.on('error', () => {});
    socket.send(Buffer.alloc(32 * 1024 * 1024 + 1));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  test('nobody hears what another one says', async () => {
    const mine = await demo.open('visitor-1');
    const other = await demo.open('visitor-2');
    mine.send('for me');
    await mine.inbox.next();
    other.send('for the other');
    expect(await other.inbox.next()).toBe('for the other');
    expect(mine.inbox.arrived).toEqual([]);
  });

  test('a broken frame ends its own connection and not the server', async () => {
    const broken = await demo.open();
    // Opcode 15 is reserved: RFC 6455, section 5.2.
    broken._socket.write(Buffer.from([0x8f, 0x80, 0, 0, 0, 0]));
    const [code] = await once(broken, 'close');
    expect(code).toBe(1002);
    const socket = await demo.open();
    socket.send('still here');
    expect(await socket.inbox.next()).toBe('still here');
  });
});

describe('who may open a line', () => {
  test.each(['/', '/lines', '/line/', '/line/x', '/openline?client=visitor-1'])(
    'the foreign path %s gets a 404',
    async (path) => {
      expect(await demo.refusal(path)).toBe(404);
    },
  );

  test.each([{}, { origin: 'http://elsewhere.example' }, { origin: 'null' }])(
    'a page elsewhere gets a 403: %j',
    async (headers) => {
      expect(await demo.refusal(`/line?client=${client}`, headers)).toBe(403);
    },
  );

  test.each(['/line', '/line?client=', '/line?client=short', '/line?client=has%20a%20space'])(
    'whoever does not say who it is gets a 400: %s',
    async (path) => {
      expect(await demo.refusal(path)).toBe(400);
    },
  );

  test('a visitor has a limited number of connections', async () => {
    for (let n = 0; n < connectionsPerVisitorMax; n += 1) await demo.open();
    expect(await demo.refusal()).toBe(503);
  });

  test('there is a limited number of visitors', async () => {
    for (let n = 0; n < visitorsMax; n += 1) {
      await demo.fault('refuse', { client: `visitor-${n}` });
    }
    expect(await demo.refusal('/line?client=one-too-many')).toBe(503);
    demo.clock.advance(10_000);
    expect(demo.visitors.size).toBe(0);
  });

  test('a visitor who has left is forgotten', async () => {
    const socket = await demo.open();
    expect(demo.visitors.size).toBe(1);
    await demo.fault('cut');
    await once(socket, 'close');
    expect(demo.visitors.size).toBe(0);
  });

  test('a handshake that is malformed leaves nothing behind', async () => {
    const answer = await demo.get(`/line?client=${client}`, {
      origin: `http://${demo.host}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
    });
    expect(answer.status).toBe(400);
    expect(demo.visitors.size).toBe(0);
  });
});

describe('leaving', () => {
  test('each client is told goodbye with 1001, a stalled one too', async () => {
    const socket = await demo.open();
    await demo.fault('stall');
    const closed = once(socket, 'close');
    const left = demo.stop();
    const [code] = await closed;
    await left;
    expect(code).toBe(1001);
    demo = await startDemo();
  });
});
