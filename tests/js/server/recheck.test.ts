import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../js/src/server/connection.js';
import type { LineServerOptions } from '../../../js/src/server/index.js';
import { isSomebody, recheck } from '../../../js/src/server/recheck.js';
import {
  type LineServerFixture,
  startLineServer,
  type TestUser,
} from '../../support/startLineServer.js';
import { until } from '../../support/until.js';

let server: LineServerFixture | undefined;

async function start(options: Partial<LineServerOptions<TestUser>>) {
  // The sweep looks four times within the shortest of these.
  server = await startLineServer({ heartbeatMs: 40, idleMs: 5_000, recheckMs: 40, ...options });
  return server;
}

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('a session', () => {
  it('that has ended is closed with 4401', async () => {
    const ended = new Set<string>();
    const seen: unknown[] = [];
    const { dial } = await start({
      recheck: ({ user, headers }) => {
        seen.push([user, headers.cookie]);
        return ended.has(user) ? null : user;
      },
    });
    const client = await dial();
    await client.hello();
    await until(() => seen.length > 2, 'it was asked about');
    expect(seen[0]).toEqual(['ada', 'ada']);
    ended.add('ada');
    expect(await client.closed).toEqual({ code: 4401, reason: 'no longer authenticated' });
  });

  it('that is of another user now is closed with 4401', async () => {
    const { dial } = await start({ recheck: () => 'eve' });
    const client = await dial();
    expect(await client.closed).toMatchObject({ code: 4401 });
  });

  it('that cannot be looked up stays', async () => {
    const { dial, events, lines } = await start({
      recheck: () => Promise.reject(new Error('no database')),
    });
    await dial();
    const failures = () => events.filter(({ type }) => type === 'failed').length;
    await until(() => failures() > 2, 'it was asked about');
    expect(lines.counters().connections).toBe(1);
  });
});

describe('a grant', () => {
  it('that was taken back ends the subscription, and no other', async () => {
    const granted = new Set(['a', 'b']);
    const { dial, lines } = await start({ authorize: (_, stream) => granted.has(stream) });
    const client = await dial();
    await client.hello([
      ['a', null],
      ['b', null],
    ]);
    granted.delete('a');
    expect(await client.frame(5)).toEqual([5, 'a', null, 4403, 'not allowed', true]);
    await lines.publish('a', 'secret');
    await lines.publish('b', 'open');
    expect((await client.batch()).values).toEqual(['open']);
    expect(await lines.presence('a')).toEqual([]);
  });
});

it('asks about no stream of a connection that has gone meanwhile', async () => {
  const asked: string[] = [];
  let answer = (_: boolean) => {};
  const connection = {
    context: {
      handlers: {
        authorize: (_: string, stream: string) => {
          asked.push(stream);
          return new Promise<boolean>((resolve) => {
            answer = resolve;
          });
        },
      },
    },
    headers: null,
    user: 'ada',
    userId: 'ada',
    streams: new Set(['a', 'b']),
    isClosing: false,
  };
  const checked = recheck(connection as unknown as Connection);
  await until(() => asked.length === 1, 'the first is asked about');
  connection.isClosing = true;
  answer(true);
  await checked;
  expect(asked).toEqual(['a']);
});

it('takes null, undefined, false and the empty text for nobody', () => {
  expect([null, undefined, false, ''].map(isSomebody)).not.toContain(true);
  expect([0, 'ada', {}].map(isSomebody)).not.toContain(false);
});
