import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LineServerOptions } from '../../../js/src/server/index.js';
import { dialing } from '../../support/protocolClient.js';
import {
  type LineServerFixture,
  startLineServer,
  type TestUser,
} from '../../support/startLineServer.js';
import { until } from '../../support/until.js';
import { type Asked, upgradeStatus } from '../../support/upgradeStatus.js';

let server: LineServerFixture;
const authenticate = vi.fn<LineServerOptions<TestUser>['authenticate']>(() => 'ada');

async function start(options?: Partial<LineServerOptions<TestUser>>) {
  authenticate.mockClear();
  server = await startLineServer({ authenticate, ...options });
  return server;
}

afterEach(() => server.close());

const statusOf = (asked?: Asked) => upgradeStatus(server.port, asked);

describe('an upgrade', () => {
  it('is let in', async () => {
    const { events } = await start();
    expect(await statusOf()).toBe('HTTP/1.1 101 Switching Protocols');
    expect(events[0]).toEqual({
      type: 'opened',
      user: 'ada',
      protocol: 'plain',
      address: '127.0.0.1',
    });
  });

  it.each([
    ['POST', { line: 'POST /openline HTTP/1.1' }, 405],
    ['another protocol', { headers: { Upgrade: 'h2c' } }, 400],
    ['version 8', { headers: { 'Sec-WebSocket-Version': '8' } }, 426],
    ['no version', { headers: { 'Sec-WebSocket-Version': '' } }, 426],
    ['no key', { headers: { 'Sec-WebSocket-Key': '' } }, 400],
    ['a key of another length', { headers: { 'Sec-WebSocket-Key': 'AAAA' } }, 400],
    ['a foreign origin', { headers: { Origin: 'http://evil.example' } }, 403],
  ] as const)('of the wrong form is refused unasked: %s', async (_, asked, status) => {
    const { lines, events } = await start();
    expect(await statusOf(asked)).toContain(` ${status} `);
    expect(authenticate).not.toHaveBeenCalled();
    expect(lines.counters()).toMatchObject({ refused: 1, opened: 0, pendingUpgrades: 0 });
    expect(events).toMatchObject([{ type: 'refused', status, address: '127.0.0.1' }]);
  });

  it('selects openline.1 where it is offered, and nothing else', async () => {
    const { dial } = await start();
    const both = await dial({ protocols: ['other', 'openline.1'] });
    expect(both.socket.protocol).toBe('openline.1');
    const other = dialing(server, { protocols: ['other'] });
    await other.closed; // `ws` as a client wants one of its own
    expect(server.lines.counters().opened).toBe(2);
  });

  it('of nobody is completed, and closed with 4401', async () => {
    const { dial, lines } = await start({ authenticate: async () => null });
    const client = await dial();
    expect(await client.closed).toEqual({ code: 4401, reason: 'not authenticated' });
    expect(lines.counters()).toMatchObject({ unauthenticated: 1, opened: 0, connections: 0 });
  });

  it('of nobody takes no place from others, though it does not answer', async () => {
    const { dial, lines } = await start({
      authenticate: ({ headers }) => (headers.cookie === 'nobody' ? null : 'ada'),
      limits: { pendingUpgrades: 3 },
    });
    const nobodies = [];
    for (let i = 0; i < 10; i += 1) {
      const client = dialing(server, { headers: { cookie: 'nobody' } });
      client.socket.on('open', () => client.socket.pause());
      nobodies.push(client);
    }
    await until(() => lines.counters().unauthenticated === 10, 'they were dismissed');
    const ended = Promise.all(nobodies.map(async ({ closed }) => (await closed).code));
    const client = await dial();
    expect(await client.hello()).toMatchObject({ v: 1 });
    for (const { socket } of nobodies) socket.resume();
    expect((await ended).filter((code) => code === 4401).length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('no database'))],
    ['answers a user without a name', () => ({ name: 'ada' }) as unknown as string],
  ])('is closed with 4500 where authenticate %s', async (_, failing) => {
    const { dial, events } = await start({ authenticate: failing });
    const client = await dial();
    expect(await client.closed).toMatchObject({ code: 4500 });
    expect(events).toMatchObject([{ type: 'failed', during: 'authenticate' }]);
  });

  it('that takes too long is refused with 503', async () => {
    await start({
      authenticate: () => new Promise<never>(() => {}),
      limits: { handshakeTimeoutMs: 20 },
    });
    expect(await statusOf()).toContain(' 503 ');
    expect(server.lines.counters()).toMatchObject({ pendingUpgrades: 0, opened: 0 });
  });

  it('of a client that goes meanwhile leaves nothing', async () => {
    const { lines } = await start({
      authenticate: () => new Promise<never>(() => {}),
      limits: { handshakeTimeoutMs: 50 },
    });
    const { socket } = dialing(server);
    await until(() => lines.counters().pendingUpgrades === 1, 'it is under way');
    socket.terminate();
    await until(() => lines.counters().pendingUpgrades === 0, 'it is over');
    expect(lines.counters()).toMatchObject({ opened: 0, refused: 1 });
  });

  it('on another path is left to others, and refused with 404 where there are none', async () => {
    const { http } = await start();
    expect(await statusOf({ line: 'GET /else HTTP/1.1' })).toContain(' 404 ');
    expect(await statusOf({ line: 'GET /openline/ HTTP/1.1' })).toContain(' 404 ');
    http.on('upgrade', (request, socket) => {
      if (request.url === '/else') socket.end('HTTP/1.1 299 mine\r\n\r\n');
    });
    expect(await statusOf({ line: 'GET /else HTTP/1.1' })).toBe('HTTP/1.1 299 mine');
    expect(await statusOf({ line: 'GET /openline?x=1 HTTP/1.1' })).toContain(' 101 ');
  });
});

describe('limits on upgrades', () => {
  it('ask the application no more than so many at once', async () => {
    const { lines } = await start({
      authenticate: (...args) => {
        authenticate(...args);
        return new Promise<never>(() => {});
      },
      limits: { pendingUpgrades: 3, handshakeTimeoutMs: 50 },
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => statusOf()));
    expect(answers.every((answer) => answer.includes(' 503 '))).toBe(true);
    expect(authenticate).toHaveBeenCalledTimes(3);
    expect(lines.counters()).toMatchObject({ authentications: 3, refused: 10 });
  });

  it('let one address in so many times a second', async () => {
    await start({ limits: { upgradesPerSecond: 1, upgradeBurst: 5 } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => statusOf()));
    expect(answers.filter((answer) => answer.includes(' 101 '))).toHaveLength(5);
    expect(answers.filter((answer) => answer.includes(' 429 '))).toHaveLength(15);
    expect(authenticate).toHaveBeenCalledTimes(5);
  });

  it('look behind a proxy that is trusted', async () => {
    await start({ trustedProxies: 1, limits: { upgradesPerSecond: 1, upgradeBurst: 1 } });
    const from = (address: string) =>
      statusOf({ headers: { 'X-Forwarded-For': `6.6.6.6, ${address}` } });
    expect(await from('1.1.1.1')).toContain(' 101 ');
    expect(await from('1.1.1.1')).toContain(' 429 ');
    expect(await from('2.2.2.2')).toContain(' 101 ');
  });

  it('hold no more connections than so many', async () => {
    const { dial } = await start({ limits: { connections: 1 } });
    await dial();
    expect(await statusOf()).toContain(' 503 ');
  });
});
