import { afterEach, describe, expect, it } from 'vitest';
import { Reject } from '../../../js/src/server/index.js';
import { type LineServerFixture, startLineServer } from '../../support/startLineServer.js';
import { until } from '../../support/until.js';

let server: LineServerFixture;

afterEach(() => server.close());

describe('messages of a client', () => {
  it('are answered again on the next connection, unless it was heard', async () => {
    server = await startLineServer({
      onMessage: ({ message, reply }) => {
        if (message === 'bad') throw new Reject(4400, 'no');
        reply(`so ${message}`);
      },
    });
    const { dial, lines } = server;
    const client = await dial();
    await client.hello();
    for (const [i, said] of ['a', 'bad', 'c'].entries()) client.say([2, i + 1, 'chat', said]);
    await until(() => lines.counters().handled === 3, 'all are handled');
    client.socket.terminate();
    await until(() => lines.counters().connections === 0, 'it has gone');

    const next = await dial();
    // It has heard of the first answer alone.
    expect(await next.hello([], { n: 2 })).toMatchObject({ ack: 1 });
    expect(await next.frame(4)).toEqual([4, 2, 4400, 'no']);
    expect(await next.frame(10)).toEqual([10, 3, 'so c']);
    expect(await next.frame(3)).toEqual([3, 3]);
    expect(lines.counters().handled).toBe(3);
    next.say([9, 3]);
    next.say([9, 3, 1]);
    await next.frame(9);
    next.socket.terminate();
    await until(() => lines.counters().connections === 0, 'it has gone as well');
    expect(await (await dial()).hello([], { n: 2 })).toMatchObject({ ack: 3 });
  });

  it('are not answered with what no client may have to read', async () => {
    const deep = JSON.parse(`${'['.repeat(64)}${']'.repeat(64)}`);
    server = await startLineServer({ onMessage: ({ reply }) => reply(deep) });
    const { dial, events } = server;
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 'x']);
    expect(await client.closed).toMatchObject({ code: 4500 });
    const failed = events.find(({ type }) => type === 'failed') as { error?: Error } | undefined;
    expect(String(failed?.error)).toContain('63 levels');
  });
});
