// What the server of an application writes, compiled against the packed package without the DOM.
import { createServer } from 'node:http';
import { createLineServer, lineServer, memoryBroker, Reject } from 'openline/server';
import { openline } from 'openline/vite';
import { type Equal, expectType } from './expect.js';

type User = { id: string; mayWrite: boolean };

const lines = createLineServer({
  path: '/openline',
  broker: memoryBroker(),
  allowedOrigins: ['https://example.com'],
  authenticate: async (request): Promise<User | null> =>
    request.headers.cookie === undefined ? null : { id: 'ada', mayWrite: true },
  authorize: (user, stream, action) => {
    expectType<Equal<typeof user, User>>();
    expectType<Equal<typeof action, 'read' | 'write'>>();
    return action === 'read' || (user.mayWrite && stream.startsWith('chat:'));
  },
  onMessage: async ({ user, stream, message, publish, reply }) => {
    expectType<Equal<typeof message, unknown>>();
    expectType<Equal<typeof user, User>>();
    if (message === null) throw new Reject(422, 'a message needs a text');
    await publish(stream, message, { key: 'newest' });
    reply({ at: 1 });
  },
});

export async function main(): Promise<void> {
  const server = createServer();
  lines.attach(server);
  lineServer('/openline').attach(server);
  await lines.publish('board', { id: 'a' }, { key: 'a' });
  const { value, at } = await lines.snapshot('board', async () => [{ id: 'a' }]);
  expectType<Equal<typeof value, { id: string }[]>>();
  expectType<Equal<typeof at, readonly [epoch: string, offset: number]>>();
  await lines.close({ spreadMs: 1_000 });
  // @ts-expect-error a server needs a path
  createLineServer({ authenticate: () => null });
}

export const plugins = [openline({ server: '/app/lines.server.ts' })];
// @ts-expect-error the module of the app has to be named
openline({});
