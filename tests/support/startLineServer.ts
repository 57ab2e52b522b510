import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createLineServer,
  type LineServer,
  type LineServerEvent,
  type LineServerOptions,
} from '../../js/src/server/index.js';
import { type DialOptions, dial, type ProtocolClient } from './protocolClient.js';

/** A user is the text of the cookie; without one there is none. */
export type TestUser = string;

export interface LineServerFixture {
  readonly lines: LineServer;
  readonly http: Server;
  readonly port: number;
  readonly events: LineServerEvent[];
  dial(options?: DialOptions): Promise<ProtocolClient>;
  close(): Promise<void>;
}

/** A line server on a port of its own; everybody with a cookie may do everything. */
export async function startLineServer(
  options: Partial<LineServerOptions<TestUser>> = {},
): Promise<LineServerFixture> {
  const events: LineServerEvent[] = [];
  const lines = createLineServer<TestUser>({
    authenticate: (request) => request.headers.cookie ?? null,
    authorize: () => true,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const http = createServer();
  lines.attach(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    lines,
    http,
    port,
    events,
    dial: ({ headers, ...rest } = {}) =>
      dial({ port }, { headers: { cookie: 'ada', ...headers }, ...rest }),
    close: async () => {
      await lines.close({ timeoutMs: 500 });
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
