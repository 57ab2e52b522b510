// Publishes as fast as it is told, over openline.1 and as one frame each by plain `ws`, in a
// process of its own; see child.js.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createLineServer } from 'openline/server';
import { WebSocketServer } from 'ws';
import { answerCalls } from './child.js';

const tickMs = 1;
/** So many different ones are published in turn. */
const rowCount = 1_000;
const rows = Array.from({ length: rowCount }, (_, i) => ({
  id: `row-${String(i).padStart(4, '0')}`,
  price: 1_000 + i / 8,
  size: 100_000 + i,
  text: 'what makes it about a hundred bytes long',
}));
const payloadBytes = rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0) / rowCount;

const raws = new Set();
const http = createServer();
http.on('connection', (raw) => {
  raws.add(raw);
  raw.on('close', () => raws.delete(raw));
});
const sockets = new WebSocketServer({ noServer: true });
let lines;
let timer;
let published = 0;

const publishers = {
  openline: (row) => lines.publish('firehose', row),
  /** Each time another row, that says how many were published before it. */
  board(row) {
    row.size = published;
    lines.publish('firehose', row);
  },
  plain: (row) => {
    const bytes = Buffer.from(JSON.stringify(row));
    for (const socket of sockets.clients) socket.send(bytes, { binary: false });
  },
};

answerCalls({
  /** Lets pages of `origin` in. */
  async listen(origin) {
    lines = createLineServer({
      allowedOrigins: [origin],
      authenticate: () => 'the page',
      authorize: () => true,
    });
    lines.attach(http);
    http.on('upgrade', (request, socket, head) => {
      if (request.url !== '/plain') return;
      sockets.handleUpgrade(request, socket, head, (opened) => opened.on('error', () => {}));
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return { port: http.address().port, payloadBytes };
  },

  start(kind, perSecond) {
    const publish = publishers[kind];
    const startedAt = performance.now();
    published = 0;
    timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1_000) * perSecond;
      for (; published < due; published++) publish(rows[published % rowCount]);
    }, tickMs);
  },
  stop() {
    clearInterval(timer);
  },
  rows: () => rows,
  /** So far; `wire` is what the open sockets have been given, `unsent` what is left of it. */
  account() {
    const { user, system } = process.cpuUsage();
    let wire = 0;
    let unsent = 0;
    for (const raw of raws) {
      wire += raw.bytesWritten;
      unsent += raw.writableLength;
    }
    return { published, wire, unsent, cpuMs: (user + system) / 1_000, atMs: performance.now() };
  },
});
