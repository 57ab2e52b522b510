import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LineServerOptions } from '../../../js/src/server/index.js';
import { dialing } from '../../support/protocolClient.js';
import {
  type LineServerFixture,
  startLineServer,
  type TestUser,
} from '../../support/startLineServer.js';
import { until } from '../../support/until.js';

let server: LineServerFixture;
const authenticate = vi.fn<LineServerOptions<TestUser>['authenticate']>(() => 'ada');

async function start(options?: Partial<LineServerOptions<TestUser>>) {
  authenticate.mockClear();
  server = await startLineServer({ authenticate, ...options });
  return server;
}

afterEach(() => server.close());

const FORM = {
  Host: '127.0.0.1',
  Origin: 'http://127.0.0.1',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

interface Asked {
  readonly line?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** The status line with which an upgrade is answered, and nothing more; '' for none. */
async function statusOf({ line = 'GET /openline HTTP/1.1', headers = {} }: Asked = {}) {
  const sent = Object.entries({ ...FORM, ...headers })
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`))
    .join('\r\n');
  return await answerTo(`${line}\r\n${sent}\r\n\r\n`);
}

async function answerTo(text: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  const answer = new Promise<string>((resolve) => {
    socket.once('data', (bytes) => resolve(bytes.toString().split('\r\n', 1)[0] ?? ''));
    socket.on('error', () => resolve(''));
    socket.on('close', () => resolve(''));
  });
  socket.write(text);
  const status = await answer;
  socket.destroy();
  return status;
}

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

describe('hostile origins', () => {
  const hostile = [
    'null',
    'http://evil.example',
    'https://app.example.evil',
    'https://evil-app.example',
    'https://evilapp.example',
    'https://sub.app.example',
    'https://app.example:8443',
    'https://app.example:443',
    'https://app.example:80',
    'http://app.example',
    'https://app.example/',
    'https://app.example/path',
    'https://app.example?x',
    'https://app.example#x',
    'https://app.example@evil.example',
    'https://evil.example@app.example',
    'https://APP.EXAMPLE',
    'https://app.example.',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://127.0.0.1',
    'wss://app.example',
    'file://',
    'https://app.example https://evil.example',
    'https://app.example, https://app.example',
    '*',
    '',
    'https://аpp.example', // a Cyrillic а
    'https://app.example%00.evil.example',
    ['https://app.example', 'https://evil.example'],
    ['https://app.example', 'https://app.example'],
    [],
  ];

  it('are 30 and more, and all get 403 before anybody is asked anything', async () => {
    const { lines } = await start({ allowedOrigins: ['https://app.example'] });
    expect(hostile.length).toBeGreaterThanOrEqual(30);
    for (const Origin of hostile) {
      expect.soft(await statusOf({ headers: { Origin } }), String(Origin)).toContain(' 403 ');
    }
    expect(authenticate).not.toHaveBeenCalled();
    expect(lines.counters()).toMatchObject({ refused: hostile.length, opened: 0 });
    const Origin = 'https://app.example';
    expect(await statusOf({ headers: { Origin } })).toContain(' 101 ');
  });
});

describe('10,000 malformed upgrades and resets', () => {
  const heads = [
    'GET /openline HTTP/1.1\r\n',
    'GET /openline HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    `${'x'.repeat(200)}\r\n\r\n`,
    `GET /openline HTTP/1.1\r\nHost: a\r\n${'A: b\r\n'.repeat(2_100)}\r\n`,
    `GET /openline HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
    'GET /openline HTTP/9.9\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    head({ 'Sec-WebSocket-Protocol': ',,;=' }),
    head({ 'Sec-WebSocket-Extensions': 'permessage-deflate; =;;' }),
    head({ 'Sec-WebSocket-Key': 'x' }),
    head({ Origin: 'http://evil.example' }),
    `${head({})}\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff`,
    `${head({ 'Sec-WebSocket-Protocol': 'openline.1' })}\x81\xfe`,
    head({}),
  ];

  function head(headers: Record<string, string>): string {
    const lines = Object.entries({ ...FORM, ...headers }).map(([name, v]) => `${name}: ${v}`);
    return `GET /openline HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  }

  /** Ends in a way of its own: at once, by a reset, or after the answer. */
  async function attack(n: number): Promise<void> {
    const socket: Socket = connect(server.port, '127.0.0.1');
    const over = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.write(heads[n % heads.length] ?? '', 'latin1', () => {
      const end = n % 3;
      if (end === 0) socket.resetAndDestroy();
      else if (end === 1) socket.destroy();
      else setTimeout(() => socket.resetAndDestroy(), 5);
    });
    await over;
  }

  it('leave the process alive, responsive and clean', { timeout: 60_000 }, async () => {
    const { dial, lines } = await start({
      limits: { upgradesPerSecond: 100_000, upgradeBurst: 100_000 },
    });
    const witness = await dial();
    await witness.hello();
    let slowest = 0;
    for (let n = 0; n < 10_000; n += 40) {
      await Promise.all(Array.from({ length: 40 }, (_, i) => attack(n + i)));
      if (n % 1_000 !== 0) continue;
      const asked = performance.now();
      witness.say([9, 0, 1]);
      await witness.frame(9);
      slowest = Math.max(slowest, performance.now() - asked);
    }
    expect(slowest).toBeLessThan(1_000);
    await until(() => lines.counters().connections === 1, 'all others have gone');
    expect(lines.counters().pendingUpgrades).toBe(0);
    expect(lines.counters().refused).toBeGreaterThan(500);
  });
});
