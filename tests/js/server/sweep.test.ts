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

describe('a client that says nothing', () => {
  it('from the start is closed with 4408', async () => {
    const { dial } = await start({ limits: { helloTimeoutMs: 40 } });
    const client = await dial();
    expect(await client.closed).toEqual({ code: 4408, reason: 'no HELLO in time' });
  });

  it('but a byte now and then is closed with 4408 as well', async () => {
    const { dial, lines } = await start({ limits: { helloTimeoutMs: 80 } });
    const client = await dial();
    const drip = setInterval(() => client.socket.ping(), 5);
    expect(await client.closed).toMatchObject({ code: 4408 });
    clearInterval(drip);
    expect(lines.counters().closed).toEqual({ 4408: 1 });
  });

  it('is asked once, and ended when it does not answer', async () => {
    const { dial, lines } = await start({ heartbeatMs: 40, idleMs: 200 });
    const client = await dial();
    await client.hello();
    expect(await client.frame(9)).toEqual([9, 0]);
    expect(await client.closed).toMatchObject({ code: 1006 });
    expect(client.received).toEqual([]);
    expect(lines.counters().expired).toBe(1);
  });

  it('but answers stays', async () => {
    const { dial, lines } = await start({ heartbeatMs: 40, idleMs: 1_000 });
    const client = await dial();
    await client.hello();
    for (let i = 0; i < 6; i += 1) {
      await client.frame(9);
      client.say([9, 0]);
    }
    expect(lines.counters()).toMatchObject({ connections: 1, expired: 0 });
  });
});

it('does not end clients because this process slept', async () => {
  const { dial, lines } = await start({ heartbeatMs: 200, idleMs: 500 });
  const client = await dial();
  await client.hello();
  const end = performance.now() + 1_000;
  while (performance.now() < end); // nothing of the clients is read meanwhile
  await client.frame(9);
  client.say([9, 0]);
  await client.frame(9);
  expect(lines.counters()).toMatchObject({ connections: 1, expired: 0 });
});

it('gives up a WELCOME that the application never lets out', async () => {
  const { dial } = await start({
    authorize: () => new Promise(() => {}),
    limits: { helloTimeoutMs: 40, handshakeTimeoutMs: 40 },
  });
  const client = await dial();
  client.say([1, { v: 1, c: 'AAAAAAAAAAAAAAAAAAAAAA', n: 1, s: [['a', null]] }]);
  expect(await client.closed).toMatchObject({ code: 4500 });
});

it('ends a socket whose closing handshake is not answered', async () => {
  const { dial, lines } = await start({
    limits: { helloTimeoutMs: 40, closeTimeoutMs: 60 },
  });
  const client = await dial();
  client.socket.pause();
  await until(() => lines.counters().closed[4408] === 1, 'it is closed');
  await until(() => lines.counters().connections === 0, 'it has gone');
});
