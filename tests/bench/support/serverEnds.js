// The two servers that are compared. Both answer `publish(stream, value, key)` and `closed()`.
import { createLineServer } from 'openline/server';
import { WebSocketServer } from 'ws';

const ample = 1_000_000;

/** openline.1; all who come are let in, each as a user of its own. */
export function openLineEnd(http, { history, heartbeatMs = 25_000 }) {
  let users = 0;
  const lines = createLineServer({
    authenticate: () => `user ${++users}`,
    authorize: () => true,
    history,
    heartbeatMs,
    idleMs: heartbeatMs + 10_000,
    // Those of one address, which this bench has, and no site does.
    limits: { upgradesPerSecond: ample, upgradeBurst: ample },
  });
  lines.attach(http);
  return {
    publish: (stream, value, key) => lines.publish(stream, value, key === null ? {} : { key }),
    closed: () => lines.counters().closed,
  };
}

/**
 * `ws` as its documentation has it: one text frame for each publication and client, made into bytes
 * once. The query names the streams of a client.
 */
export function openPlainEnd(http) {
  const streams = new Map();
  const server = new WebSocketServer({ server: http });
  server.on('connection', (socket, request) => {
    socket.on('message', () => {});
    socket.on('error', () => {});
    const names = new URL(request.url, 'http://localhost').searchParams.getAll('stream');
    for (const name of names) {
      if (!streams.has(name)) streams.set(name, new Set());
      streams.get(name).add(socket);
    }
    if (names.length > 0) {
      socket.on('close', () => {
        for (const name of names) streams.get(name).delete(socket);
      });
    }
  });
  return {
    publish(stream, value) {
      const bytes = Buffer.from(JSON.stringify(value));
      for (const socket of streams.get(stream) ?? []) socket.send(bytes, { binary: false });
    },
    closed: () => ({}),
  };
}
