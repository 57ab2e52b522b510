import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LineServerOptions } from '../../../js/src/server/index.js';
import {
  type LineServerFixture,
  startLineServer,
  type TestUser,
} from '../../support/startLineServer.js';
import { until } from '../../support/until.js';
import { type Asked, upgradeHead, upgradeStatus } from '../../support/upgradeStatus.js';

let server: LineServerFixture;
const authenticate = vi.fn<LineServerOptions<TestUser>['authenticate']>(() => 'ada');

async function start(options?: Partial<LineServerOptions<TestUser>>) {
  authenticate.mockClear();
  server = await startLineServer({ authenticate, ...options });
  return server;
}

afterEach(() => server.close());

const statusOf = (asked?: Asked) => upgradeStatus(server.port, asked);

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
    upgradeHead({ 'Sec-WebSocket-Protocol': ',,;=' }),
    upgradeHead({ 'Sec-WebSocket-Extensions': 'permessage-deflate; =;;' }),
    upgradeHead({ 'Sec-WebSocket-Key': 'x' }),
    upgradeHead({ Origin: 'http://evil.example' }),
    `${upgradeHead({})}\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff`,
    `${upgradeHead({ 'Sec-WebSocket-Protocol': 'openline.1' })}\x81\xfe`,
    upgradeHead({}),
  ];

  /** Ends in a way of its own: at once, by a reset, or after the answer. */
  async function attack(n: number): Promise<void> {
    const socket = connect(server.port, '127.0.0.1');
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
