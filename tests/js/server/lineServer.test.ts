import { afterEach, describe, expect, it } from 'vitest';
import type { LineServerOptions } from '../../../js/src/server/index.js';
import {
  type LineServerFixture,
  startLineServer,
  type TestUser,
} from '../../support/startLineServer.js';

let server: LineServerFixture;

async function start(options?: Partial<LineServerOptions<TestUser>>) {
  server = await startLineServer(options);
  return server;
}

afterEach(() => server.close());

describe('LineServer', () => {
  it('welcomes a client, and passes on what is published', async () => {
    const { lines, dial } = await start();
    const client = await dial();
    const welcome = await client.hello([['board', null]]);
    expect(welcome).toMatchObject({ v: 1, hb: 25_000, idle: 35_000, max: 65_536, win: 256 });
    expect(welcome.ack).toBe(0);
    const [stream, index, epoch, top, recovered] = welcome.s[0] ?? [];
    expect([stream, top, recovered]).toEqual(['board', 0, true]);
    expect(await lines.publish('board', { a: 1 })).toEqual([epoch, 1]);
    expect(await client.batch()).toEqual({ index, first: 1, last: 1, values: [{ a: 1 }] });
  });

  it('handles messages in order and acknowledges them', async () => {
    const seen: unknown[] = [];
    const { dial } = await start({
      onMessage: async ({ user, stream, message, reply }) => {
        seen.push([user, stream, message]);
        reply({ n: seen.length });
      },
    });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'chat', 'one']);
    client.say([2, 2, 'chat', 'two']);
    expect(await client.frame(10)).toEqual([10, 1, { n: 1 }]);
    expect(await client.frame(10)).toEqual([10, 2, { n: 2 }]);
    expect(await client.frame(3)).toEqual([3, 2]);
    expect(seen).toEqual([
      ['ada', 'chat', 'one'],
      ['ada', 'chat', 'two'],
    ]);
  });
});
