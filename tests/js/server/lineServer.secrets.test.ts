import { afterEach, expect, it } from 'vitest';
import { Reject } from '../../../js/src/server/index.js';
import { type LineServerFixture, startLineServer } from '../../support/startLineServer.js';
import { until } from '../../support/until.js';
import { upgradeStatus } from '../../support/upgradeStatus.js';

let server: LineServerFixture;

afterEach(() => server.close());

const SECRETS = ['session-5up3r', 'ticket-53cr3t', 'bearer-70k3n'];

it('tells nobody a cookie, a query or a header, whatever goes wrong', async () => {
  server = await startLineServer({
    userId: () => 'ada',
    authorize: (_, stream) => {
      if (stream === 'broken') throw new Error('no database');
      return stream !== 'forbidden';
    },
    recheck: () => null,
    recheckMs: 100,
    onMessage: ({ message }) => {
      if (message === 'fail') throw new Error('no disk');
      throw new Reject(4400, 'no');
    },
  });
  const { dial, events, lines, port } = server;
  const secretly = {
    headers: { cookie: `session=${SECRETS[0]}`, authorization: SECRETS[2] as string },
    query: `?ticket=${SECRETS[1]}`,
  };
  const said = [
    [2, 1, 'chat', 'reject'],
    [2, 1, 'chat', 'fail'],
    [5, 'forbidden', null],
    [5, 'broken', null],
    ['malformed'],
  ];
  for (const frame of said) {
    const client = await dial(secretly);
    await client.hello();
    client.say(frame);
    await client.closed;
  }
  const foreign = { Origin: 'http://evil.example', Cookie: `session=${SECRETS[0]}` };
  await upgradeStatus(port, { line: `GET /openline${secretly.query} HTTP/1.1`, headers: foreign });
  await until(() => lines.counters().connections === 0, 'all have gone');

  expect(events.length).toBeGreaterThan(10);
  const told = events.map((event) => {
    const { error } = event as { error?: Error };
    return `${JSON.stringify(event)} ${error?.stack ?? ''}`;
  });
  for (const secret of SECRETS) expect(told.join('\n')).not.toContain(secret);
});

it('takes no compressed frame: nothing is inflated that could be a bomb', async () => {
  server = await startLineServer();
  const client = await server.dial();
  expect(client.socket.extensions).toBe('');
  await client.hello();
  const before = process.memoryUsage().rss;
  // RSV1, as permessage-deflate sets it (RFC 7692 section 6), though it was not agreed on.
  const socket = (client.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
  socket.write(Buffer.from([0xc1, 0xfe, 0xff, 0xff, 0, 0, 0, 0]));
  expect(await client.closed).toMatchObject({ code: 1002 });
  expect(process.memoryUsage().rss - before).toBeLessThan(16 * 1_048_576);
});
