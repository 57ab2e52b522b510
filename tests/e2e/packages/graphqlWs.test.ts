import { createRequire } from 'node:module';
import type { buildSchema as BuildSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { afterEach, expect, it } from 'vitest';
import { ResilientWebSocket } from '../../../js/src/websocket.js';
import { until } from '../../support/until.js';
import { countedSockets, RestartedServer } from './support/restartedServer.js';
import { survivesRestarts } from './support/restarts.js';

// The copy that graphql-ws has: GraphQL refuses schemas of another.
const { buildSchema } = createRequire(import.meta.url)('graphql') as {
  buildSchema: typeof BuildSchema;
};
const schema = buildSchema('type Query { now: Int } type Subscription { count: Int! }');
let said: (count: number) => void = () => {};

/** What is said is published to the subscription that is under way. */
async function* counts() {
  while (true) {
    yield {
      count: await new Promise<number>((resolve) => {
        said = resolve;
      }),
    };
  }
}

const server = new RestartedServer((wss) => {
  const roots = { subscription: { count: counts } };
  useServer({ schema, roots }, wss as Parameters<typeof useServer>[1]);
});

afterEach(() => server.stop());

it('graphql-ws subscribes again after each restart, on one socket', async () => {
  await server.start();
  const sockets = countedSockets();
  const client = createClient({
    url: server.url,
    webSocketImpl: ResilientWebSocket.with({ maxRetries: 0 }),
    retryAttempts: Infinity,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 20)),
    shouldRetry: () => true,
  });
  const got: number[] = [];
  const errors: unknown[] = [];
  client.subscribe<{ count: number }>(
    { query: 'subscription { count }' },
    {
      next: ({ data }) => void got.push(data?.count ?? Number.NaN),
      error: (error) => errors.push(error),
      complete: () => {},
    },
  );
  await survivesRestarts(server, sockets, (round) => () => {
    said(round);
    return got.includes(round);
  });
  expect(errors).toEqual([]);
  await client.dispose();
  await until(() => sockets.live === 0, 'none is left');
  expect(server.live).toBe(0);
});
