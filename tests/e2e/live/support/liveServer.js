// A board that changes, written to the plain line or published to the stream of one page, in a
// process of its own; the other side of ChildServer. It folds what it sends in JavaScript.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createLineServer } from 'openline/server';
import { WebSocketServer } from 'ws';
import { answering } from '../../openline1/support/answering.js';

const ROWS = 1_000;
/** One change in so many removes its row. */
const REMOVE_EVERY = 50;
const TICK_MS = 1;
const STREAM = 'board';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const rows = new Map();
let sent = 0;
/** Of all rows, so that every run has the same changes. */
let seed = 20_261_123;
let socket;
let raw;
let lines;

function random(below) {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
}

function nextChange() {
  sent += 1;
  const id = `row ${random(ROWS)}`;
  const isRemoval = random(REMOVE_EVERY) === 0;
  const row = isRemoval ? { id, gone: true } : { id, price: random(100_000) / 100 };
  if (isRemoval) rows.delete(id);
  else rows.set(id, row);
  return { n: sent, row };
}

/** So many changes at once. */
function sendSome(count) {
  if (socket === undefined) {
    for (let i = 0; i < count; i++) lines.publish(STREAM, nextChange());
    return;
  }
  raw.cork();
  for (let i = 0; i < count; i++) socket.send(JSON.stringify(nextChange()));
  raw.uncork();
}

/** So many a second; what this process was too late for follows as soon as it can. */
async function pace(perSecond, ms) {
  const startedAt = performance.now();
  const before = sent;
  const total = Math.round((perSecond * ms) / 1_000);
  while (sent - before < total) {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    sendSome(Math.min(due, total) - (sent - before));
    await sleep(TICK_MS);
  }
  return performance.now() - startedAt;
}

const http = createServer();
const sockets = new WebSocketServer({ noServer: true });

answering(
  {
    /** @param origin of the pages, for openline.1; the plain line is at /plain */
    async listen({ origin, history }) {
      lines = createLineServer({
        allowedOrigins: [origin],
        authenticate: () => 'anybody',
        authorize: () => true,
        history,
      });
      lines.attach(http);
      http.on('upgrade', (request, tcp, head) => {
        if (request.url !== '/plain') return;
        sockets.handleUpgrade(request, tcp, head, (plain) => {
          plain.on('error', () => {});
          [socket, raw] = [plain, tcp];
        });
      });
      http.listen(0, '127.0.0.1');
      await once(http, 'listening');
      return http.address().port;
    },
    /** Sends so many as soon as the page's line is open, or its stream is read. */
    async burst(count) {
      await listenedTo();
      sendSome(count);
    },
    /** Sends so many a second for so long; answers how long it took. */
    async pace({ perSecond, ms }) {
      await listenedTo();
      return pace(perSecond, ms);
    },
    /** A change with a row of that size. */
    publishBig(bytes) {
      sent += 1;
      const row = { id: 'big', price: 1, text: 'x'.repeat(bytes) };
      rows.set(row.id, row);
      lines.publish(STREAM, { n: sent, row });
    },
    sent: () => sent,
    rows: () => [...rows.values()],
    counters: () => lines.counters(),
  },
  async () => {
    await lines?.close({ spreadMs: 0, timeoutMs: 0 });
    for (const each of sockets.clients) each.terminate();
    http.close();
    http.closeAllConnections();
  },
);

async function listenedTo() {
  while (socket === undefined && lines.counters().subscriptions === 0) await sleep(TICK_MS);
}
