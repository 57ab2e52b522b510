import { afterEach, describe, expect, it } from 'vitest';
import { type LineServerOptions, type Message, Reject } from '../../../js/src/server/index.js';
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

/** A handler that waits until the test lets the message go. */
function gated() {
  const seen: unknown[] = [];
  const open: (() => void)[] = [];
  let running = 0;
  let most = 0;
  return {
    seen,
    get most() {
      return most;
    },
    onMessage: async ({ message }: Message<string>) => {
      seen.push(message);
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => open.push(resolve));
      running -= 1;
    },
    async release() {
      await until(() => open.length > 0, 'a handler runs');
      open.shift()?.();
    },
  };
}

describe('messages of a client', () => {
  it('are handled one at a time, in their order', async () => {
    const handler = gated();
    const { dial } = await start({ onMessage: handler.onMessage });
    const client = await dial();
    await client.hello();
    for (let seq = 1; seq <= 3; seq += 1) client.say([2, seq, 'chat', seq]);
    for (let i = 0; i < 3; i += 1) await handler.release();
    expect(await client.frame(3)).toEqual([3, 3]);
    expect(handler.seen).toEqual([1, 2, 3]);
    expect(handler.most).toBe(1);
  });

  it('are not handled again when they come again, but acknowledged', async () => {
    const seen: unknown[] = [];
    const { dial, lines } = await start({ onMessage: ({ message }) => seen.push(message) });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 'x']);
    await client.frame(3);
    client.say([2, 1, 'chat', 'x']);
    expect(await client.frame(3)).toEqual([3, 1]);
    expect(seen).toEqual(['x']);
    expect(lines.counters()).toMatchObject({ messages: 2, handled: 1, repeated: 1 });
  });

  it('outlive their socket: handled once, though they come again on the next one', async () => {
    const handler = gated();
    const { dial } = await start({ onMessage: handler.onMessage });
    const older = await dial();
    await older.hello();
    for (const seq of [1, 2]) older.say([2, seq, 'chat', seq]);
    await until(() => handler.seen.length === 1, 'the first is handled');
    const newer = await dial();
    expect(await newer.hello()).toMatchObject({ ack: 0 });
    for (const seq of [1, 2, 3]) newer.say([2, seq, 'chat', seq]);
    for (let i = 0; i < 3; i += 1) await handler.release();
    await until(() => newer.received.some((frame) => (frame as unknown[])[1] === 3), 'an ack');
    expect(handler.seen).toEqual([1, 2, 3]);
    expect(handler.most).toBe(1);
  });

  it('are handled though the client has gone', async () => {
    const handler = gated();
    const { dial, lines } = await start({ onMessage: handler.onMessage });
    const client = await dial();
    await client.hello();
    for (const seq of [1, 2]) client.say([2, seq, 'chat', seq]);
    await until(() => lines.counters().messages === 2, 'both are there');
    client.socket.terminate();
    await until(() => lines.counters().connections === 0, 'it has gone');
    for (let i = 0; i < 2; i += 1) await handler.release();
    await until(() => lines.counters().handled === 2, 'both are handled');
    const next = await dial();
    expect(await next.hello()).toMatchObject({ ack: 2 });
  });

  it('are dropped when their user is revoked', async () => {
    const handler = gated();
    const { dial, lines } = await start({ onMessage: handler.onMessage });
    const client = await dial();
    await client.hello();
    for (const seq of [1, 2]) client.say([2, seq, 'chat', seq]);
    await until(() => lines.counters().messages === 2, 'both are there');
    await lines.revoke('ada');
    await client.closed;
    await handler.release();
    await until(() => lines.counters().handled === 1, 'one is handled');
    expect(handler.seen).toEqual([1]);
  });

  it('leave out no number: 4400', async () => {
    const { dial } = await start({ onMessage: () => {} });
    const client = await dial();
    await client.hello();
    client.say([2, 2, 'chat', 'x']);
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  it('are no more than the window while they wait: 4400', async () => {
    const { dial } = await start({
      limits: { messageWindow: 4 },
      onMessage: () => new Promise(() => {}),
    });
    const client = await dial();
    await client.hello();
    for (let seq = 1; seq <= 6; seq += 1) client.say([2, seq, 'chat', 'x']);
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  it('start where an unknown client says that they do', async () => {
    const { dial } = await start({ onMessage: () => {} });
    const client = await dial();
    expect(await client.hello([], { n: 1_000 })).toMatchObject({ ack: 999 });
    client.say([2, 1_000, 'chat', 'x']);
    expect(await client.frame(3)).toEqual([3, 1_000]);
  });

  it('are acknowledged together, 32 at most', async () => {
    const { dial } = await start({ onMessage: () => {} });
    const client = await dial();
    await client.hello();
    for (let seq = 1; seq <= 100; seq += 1) client.say([2, seq, 'chat', 'x']);
    await until(() => client.received.some((frame) => (frame as unknown[])[1] === 100), 'all acks');
    const acks = client.received.map((frame) => (frame as number[])[1] as number);
    expect(acks.length).toBeLessThan(20);
    acks.reduce((last, ack) => {
      expect(ack - last).toBeLessThanOrEqual(32);
      return ack;
    }, 0);
  });
});

describe('a handler', () => {
  it('that throws Reject has the message refused for good, and the next one handled', async () => {
    const { dial, lines } = await start({
      onMessage: ({ message }) => {
        if (message === 'bad') throw new Reject(17, 'no');
      },
    });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 'bad']);
    expect(await client.frame(4)).toEqual([4, 1, 17, 'no']);
    client.say([2, 2, 'chat', 'good']);
    expect(await client.frame(3)).toEqual([3, 2]);
    expect(lines.counters()).toMatchObject({ handled: 2, rejected: 1, handlerFailures: 0 });
  });

  it('that fails closes with 4500, and gets this message and those behind it again', async () => {
    const seen: unknown[] = [];
    const { dial, lines, events } = await start({
      onMessage: ({ message }) => {
        seen.push(message);
        if (seen.length === 1) throw new Error('no database');
      },
    });
    const client = await dial();
    await client.hello();
    for (const seq of [1, 2]) client.say([2, seq, 'chat', seq]);
    expect(await client.closed).toMatchObject({ code: 4500 });
    const next = await dial();
    expect(await next.hello()).toMatchObject({ ack: 0 });
    for (const seq of [1, 2]) next.say([2, seq, 'chat', seq]);
    expect(await next.frame(3)).toEqual([3, 2]);
    expect(seen).toEqual([1, 1, 2]);
    expect(lines.counters().handlerFailures).toBe(1);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'failed', during: 'onMessage', stream: 'chat' }),
    );
  });

  it('publishes once, though it has to run again', async () => {
    let runs = 0;
    const { dial, lines } = await start({
      onMessage: ({ publish, message }) => {
        runs += 1;
        publish('board', message);
        publish('board', 'also');
        if (runs === 1) throw new Error('after it had published');
      },
    });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 'x']);
    await client.closed;
    const next = await dial();
    const [, , , top] = (await next.hello([['board', null]])).s[0] ?? [];
    expect(top).toBe(2);
    next.say([2, 1, 'chat', 'x']);
    await next.frame(3);
    expect((await lines.snapshot('board', () => 0)).at[1]).toBe(2);
  });
});
