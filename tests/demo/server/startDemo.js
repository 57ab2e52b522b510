/** A demo server on a free port, a clock that is moved by hand, and a visitor to talk to it. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';
import { createDemoServer } from '../../../demo/server/createDemoServer.js';

export const client = 'visitor-1';

export async function startDemo() {
  const clock = createHandClock();
  const dist = await mkdtemp(join(tmpdir(), 'openline-demo-'));
  const demo = createDemoServer({
    after: clock.after,
    distDirectory: pathToFileURL(join(dist, 'package/')),
  });
  demo.server.listen(0, '127.0.0.1');
  await once(demo.server, 'listening');
  const host = `127.0.0.1:${demo.server.address().port}`;
  return {
    ...visitorOf(host),
    host,
    clock,
    dist,
    visitors: demo.visitors,
    async stop() {
      await demo.close();
      await rm(dist, { recursive: true });
    },
  };
}

function visitorOf(host) {
  const origin = `http://${host}`;
  const line = (id) => `ws://${host}/line?client=${id}`;
  async function open(id = client) {
    const socket = new WebSocket(line(id), { origin });
    // Registered at once: what arrives together with the handshake must not be missed.
    const inbox = createInbox(socket);
    await once(socket, 'open');
    return Object.assign(socket, { inbox });
  }
  return {
    open,
    /** Sends the path as it is; `fetch` would tidy it up before the server sees it. */
    get: (path, headers = {}) => exchange({ host, path, method: 'GET', headers }),
    send: (method, path, headers = {}) => exchange({ host, path, method, headers }),
    fault: (name, query = {}, headers = { origin }) => {
      const search = new URLSearchParams({ client, ...query });
      const path = `/fault/${name}?${search}`;
      return exchange({ host, path, method: 'POST', headers });
    },
    /** True when the server has answered nothing although it answered others after it. */
    async isSilent(socket) {
      const witness = await open('a-witness');
      socket.send('are you there?');
      for (const round of ['first', 'second', 'third']) {
        witness.send(round);
        await witness.inbox.next();
      }
      return socket.inbox.arrived.length === 0;
    },
    /** Resolves with the status of the answer that a refused handshake gets. */
    async refusal(url = line(client), headers = { origin }) {
      const socket = new WebSocket(url.replace(/^\//, `ws://${host}/`), { headers });
      // `ws` complains about the abort that follows; the status is what is asked for.
      socket.on('error', () => {});
      const [, response] = await once(socket, 'unexpected-response');
      socket.terminate();
      return response.statusCode;
    },
  };
}

async function exchange({ host, path, method, headers }) {
  const [hostname, port] = host.split(':');
  const request = httpRequest({ hostname, port, path, method, headers });
  request.end();
  const [response] = await once(request, 'response');
  const chunks = await response.toArray();
  const body = Buffer.concat(chunks).toString();
  return { status: response.statusCode, headers: response.headers, body };
}

/** Messages in the order in which they came, to be awaited one by one. */
function createInbox(socket) {
  const arrived = [];
  const awaited = [];
  socket.on('message', (content, isBinary) => {
    const message = isBinary ? content : content.toString();
    const resolve = awaited.shift();
    if (resolve) resolve(message);
    else arrived.push(message);
  });
  return {
    arrived,
    next() {
      if (arrived.length > 0) return Promise.resolve(arrived.shift());
      return new Promise((resolve) => awaited.push(resolve));
    },
  };
}

function createHandClock() {
  let now = 0;
  const timers = new Set();
  return {
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}
