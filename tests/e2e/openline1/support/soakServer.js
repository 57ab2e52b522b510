// The server of the run through faults, as an application would write it: it publishes without
// pause, handles messages, and keeps book of what it was given.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createLineServer, memoryBroker, Reject } from 'openline/server';
import { answering } from './answering.js';

const TICK_MS = 10;
const BOARD_KEYS = 50;
const PER_SECOND = { log: 500, board: 300, tiny: 50 };
/** So many entries are 0.6 s of the stream: whoever was away for longer is told to resync. */
const TINY_ENTRIES = 30;
const HISTORY = { size: 100_000, entriesMax: 100_000 };
const FILLING = 'something that makes the publication about 100 bytes long';

const violations = [];
/** By line: the message that comes next. */
const next = new Map();
/** Messages whose handler has failed once already. */
const failed = new Set();
/** The newest number on the board, by key. */
const board = new Map();
const published = { log: 0, board: 0, tiny: 0, heard: 0 };
let timer;

const lines = createLineServer({
  allowedOrigins: { origins: 'same-host', allowMissing: true },
  authenticate: ({ url }) => new URL(url, 'http://localhost').searchParams.get('user'),
  authorize: () => true,
  onMessage,
  broker: () => partedBroker(memoryBroker(HISTORY), memoryBroker({ entriesMax: TINY_ENTRIES })),
  heartbeatMs: 500,
  idleMs: 1_500,
  onEvent: (event) => {
    if (event.type === 'failed' && event.error?.message !== 'once') {
      violations.push(`the server failed during ${event.during}: ${event.error?.stack}`);
    }
  },
});

/** One broker for the streams called tiny, another one for all else. */
function partedBroker(large, small) {
  const of = (stream) => (stream === 'tiny' ? small : large);
  return {
    publish: (stream, ...rest) => of(stream).publish(stream, ...rest),
    position: (stream) => of(stream).position(stream),
    read: (stream, from) => of(stream).read(stream, from),
    watch: (stream, listener) => of(stream).watch(stream, listener),
    cursor: (client) => large.cursor(client),
    advance: (client, seq) => large.advance(client, seq),
    attend: (stream, ...rest) => of(stream).attend(stream, ...rest),
    presence: (stream) => of(stream).presence(stream),
    signal: (signal) => large.signal(signal),
    onSignal: (listener) => large.onSignal(listener),
    close: () => {
      large.close();
      small.close();
    },
  };
}

/** Rejects some, fails once at others, and tells everybody of those that it took. */
function onMessage({ user, message: { n, rejects, fails }, publish, reply }) {
  const expected = next.get(user) ?? 1;
  if (n !== expected) violations.push(`${user} was to send ${expected}, and sent ${n}`);
  if (rejects) {
    next.set(user, n + 1);
    throw new Reject(422, `not ${n}`);
  }
  publish('heard', { user, n });
  if (fails && !failed.has(`${user} ${n}`)) {
    failed.add(`${user} ${n}`);
    throw new Error('once');
  }
  next.set(user, n + 1);
  published.heard += 1;
  reply({ n });
}

function publishNext(stream, values, key) {
  published[stream] += 1;
  const n = published[stream];
  const [, offset] = lines.publish(stream, { n, ...values }, { key });
  if (offset !== n) violations.push(`${stream}: the publication ${n} got the offset ${offset}`);
  return n;
}

/** Full from the start, it does not grow any more: what grows then is a leak. */
function fillHistory() {
  for (let i = 0; i < HISTORY.size; i++) {
    publishNext('log', { text: FILLING });
    publishNext('board', {}, keyOf(i));
    publishNext('heard', { text: FILLING });
  }
}

function keyOf(i) {
  return `key ${i % BOARD_KEYS}`;
}

function publishDue(startedAt) {
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const [stream, perSecond] of Object.entries(PER_SECOND)) {
    const before = stream === 'tiny' ? 0 : HISTORY.size;
    while (published[stream] < before + seconds * perSecond) {
      if (stream === 'board') {
        const key = keyOf(Math.floor(Math.random() * BOARD_KEYS));
        board.set(key, publishNext(stream, { key }, key));
      } else {
        publishNext(stream, { text: FILLING });
      }
    }
  }
}

function memory() {
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, rss };
}

const http = createServer();
lines.attach(http);
fillHistory();
http.listen(0, '127.0.0.1');
await once(http, 'listening');

answering(
  {
    port: () => http.address().port,
    start: () => {
      const startedAt = performance.now();
      timer = setInterval(publishDue, TICK_MS, startedAt);
    },
    snapshot: async (stream) => (await lines.snapshot(stream, () => null)).at,
    memory,
    stop: () => clearInterval(timer),
    account: () => ({
      published,
      board,
      handled: new Map([...next].map(([user, n]) => [user, n - 1])),
      violations,
      counters: lines.counters(),
    }),
  },
  async () => {
    clearInterval(timer);
    await lines.close({ spreadMs: 0, timeoutMs: 0 });
    http.close();
    http.closeAllConnections();
  },
);
