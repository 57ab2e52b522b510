import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { client, startDemo } from './startDemo.js';

let demo;

beforeEach(async () => {
  demo = await startDemo();
});

afterEach(() => demo.stop());

describe('cut', () => {
  test('the connection ends without a close frame', async () => {
    const socket = await demo.open();
    const closed = once(socket, 'close');
    const answer = await demo.fault('cut');
    expect(JSON.parse(answer.body)).toEqual({ fault: 'cut', connections: 1 });
    expect((await closed)[0]).toBe(1006);
  });

  test('it concerns the visitor who asked and no other', async () => {
    const mine = await demo.open('visitor-1');
    const other = await demo.open('visitor-2');
    const closed = once(mine, 'close');
    await demo.fault('cut', { client: 'visitor-1' });
    await closed;
    other.send('unharmed');
    expect(await other.inbox.next()).toBe('unharmed');
  });

  test('without a connection there is nothing to cut, and that is fine', async () => {
    const answer = await demo.fault('cut');
    expect(JSON.parse(answer.body)).toEqual({ fault: 'cut', connections: 0 });
    expect(demo.visitors.size).toBe(0);
  });
});

describe('stall', () => {
  test('the server neither reads nor answers until the time is over', async () => {
    const socket = await demo.open();
    await demo.fault('stall', { seconds: 5 });
    expect(await demo.isSilent(socket)).toBe(true);
    demo.clock.advance(4_999);
    expect(await demo.isSilent(socket)).toBe(true);
    demo.clock.advance(1);
    expect(await socket.inbox.next()).toBe('are you there?');
  });

  test('what is sent meanwhile stays in the network: nothing is read', async () => {
    const socket = await demo.open();
    await demo.fault('stall');
    // More than the buffers of both ends hold, so it cannot all leave unless it is read.
    socket.send(Buffer.alloc(24 * 1024 * 1024));
    await demo.isSilent(socket);
    expect(socket.bufferedAmount).toBeGreaterThan(0);
    await demo.fault('resume');
    expect(await socket.inbox.next()).toHaveLength(24 * 1024 * 1024);
  });

  test('resume ends it early, and what was sent meanwhile comes back in order', async () => {
    const socket = await demo.open();
    await demo.fault('stall');
    for (let n = 0; n < 100; n += 1) socket.send(`${n}`);
    expect(await demo.isSilent(socket)).toBe(true);
    await demo.fault('resume');
    for (let n = 0; n < 100; n += 1) expect(await socket.inbox.next()).toBe(`${n}`);
  });

  test('a connection that is opened meanwhile is healthy', async () => {
    await demo.open();
    await demo.fault('stall');
    const fresh = await demo.open();
    fresh.send('hello');
    expect(await fresh.inbox.next()).toBe('hello');
  });

  test('a stalled connection can be closed in good order', async () => {
    const socket = await demo.open();
    await demo.fault('stall');
    const closed = once(socket, 'close');
    await demo.fault('close', { code: 4000, reason: 'enough' });
    expect((await closed)[0]).toBe(4000);
  });
});

describe('refuse', () => {
  test('new connections are turned away until the time is over', async () => {
    await demo.fault('refuse');
    expect(await demo.refusal()).toBe(503);
    demo.clock.advance(9_999);
    expect(await demo.refusal()).toBe(503);
    demo.clock.advance(1);
    const socket = await demo.open();
    expect(socket.readyState).toBe(socket.OPEN);
  });

  test('an open connection stays', async () => {
    const socket = await demo.open();
    await demo.fault('refuse');
    socket.send('still here');
    expect(await socket.inbox.next()).toBe('still here');
  });

  test('accept ends it early', async () => {
    await demo.fault('refuse', { seconds: 60 });
    await demo.fault('accept');
    const socket = await demo.open();
    expect(socket.readyState).toBe(socket.OPEN);
  });

  test('asking twice begins anew', async () => {
    await demo.fault('refuse', { seconds: 5 });
    demo.clock.advance(4_000);
    await demo.fault('refuse', { seconds: 5 });
    demo.clock.advance(4_000);
    expect(await demo.refusal()).toBe(503);
  });
});

describe('close', () => {
  test.each([1000, 1001, 1003, 1007, 1012, 1014, 3000, 4999])(
    'code %i arrives with its reason',
    async (code) => {
      const socket = await demo.open();
      const closed = once(socket, 'close');
      await demo.fault('close', { code, reason: 'größer' });
      const [received, reason] = await closed;
      expect(received).toBe(code);
      expect(reason.toString()).toBe('größer');
    },
  );

  test.each(['1004', '1005', '1006', '1015', '1016', '2999', '999', '5000', '-1', '1e3', 'x'])(
    'code %s may not be sent, which is said in words',
    async (code) => {
      const answer = await demo.fault('close', { code });
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(answer.body).toMatch(/^[Cc]ode .+\.\n$/);
    },
  );

  test('a reason that does not fit its frame is refused', async () => {
    expect((await demo.fault('close', { reason: 'ö'.repeat(62) })).status).toBe(400);
    expect((await demo.fault('close', { reason: 'o'.repeat(123) })).status).toBe(200);
  });
});

describe('who may ask for a fault', () => {
  test.each([{}, { origin: 'http://elsewhere.example' }, { origin: 'null' }])(
    'a page elsewhere gets a 403 and breaks nothing: %j',
    async (headers) => {
      const socket = await demo.open();
      expect((await demo.fault('cut', {}, headers)).status).toBe(403);
      socket.send('unharmed');
      expect(await socket.inbox.next()).toBe('unharmed');
    },
  );

  test.each(['explode', '', 'constructor', 'cut/'])('there is no fault "%s"', async (name) => {
    expect((await demo.fault(name)).status).toBe(404);
  });

  test('a fault is asked for by POST', async () => {
    const answer = await demo.get(`/fault/cut?client=${client}`);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
  });

  test('without a client nobody is meant', async () => {
    expect((await demo.fault('cut', { client: '' })).status).toBe(400);
  });

  test.each(['0', '61', 'soon'])('a fault cannot last %s seconds', async (seconds) => {
    expect((await demo.fault('stall', { seconds })).status).toBe(400);
    expect((await demo.fault('refuse', { seconds })).status).toBe(400);
  });
});
