// The server of the loads: writers that write, commit and then publish, without pause, and a loader
// that reads what is committed.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createLineServer } from 'openline/server';
import { answering } from './answering.js';

const PER_SECOND = 5_000;
const TICK_MS = 1;
const KEYS = 500;
const LOG_SHOWN = 500;
/** From a write to its commit, and from there to its publication, in ms: at random, at most. */
const COMMIT_MS_MAX = 4;
const PUBLISH_MS_MAX = 3;
/** How long the loader's query takes, at most. */
const READ_MS_MAX = 5;

const clock = () => performance.timeOrigin + performance.now();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What is committed. */
const store = { board: new Map(), log: [] };
/** What was published, and when, by offset - 1; a board row is its key and its version. */
const truth = { board: [], boardAt: [], log: [] };
const versions = new Int32Array(KEYS);
const busy = new Set();
let newestId = 0;
let underWay = [];
let lines;
let timer;

/** A write that is under way holds its row, as a transaction does. */
function writeRow(now) {
  let key = Math.floor(Math.random() * KEYS);
  while (busy.has(key)) key = (key + 1) % KEYS;
  busy.add(key);
  versions[key] += 1;
  const row = { key, version: versions[key] };
  begin(now, {
    commit: () => store.board.set(key, row),
    publish: () => {
      truth.board.push(key, row.version);
      truth.boardAt.push(clock());
      lines.publish('board', row, { key: String(key) });
      busy.delete(key);
    },
  });
}

/** Entries are numbered as they are committed, and published in another order. */
function writeEntry(now) {
  const entry = { id: 0 };
  begin(now, {
    commit: () => {
      newestId += 1;
      entry.id = newestId;
      store.log.push(entry);
      if (store.log.length > 2 * LOG_SHOWN) store.log = store.log.slice(-LOG_SHOWN);
    },
    publish: () => {
      truth.log.push(entry.id);
      lines.publish('log', entry);
    },
  });
}

function begin(now, write) {
  const commitAt = now + Math.random() * COMMIT_MS_MAX;
  const publishAt = commitAt + Math.random() * PUBLISH_MS_MAX;
  underWay.push({ ...write, commitAt, publishAt, isCommitted: false });
}

function advance(now) {
  underWay = underWay.filter((write) => {
    if (!write.isCommitted && write.commitAt <= now) {
      write.isCommitted = true;
      write.commit();
      return true;
    }
    if (!write.isCommitted || write.publishAt > now) return true;
    write.publish();
    return false;
  });
}

function start() {
  const startedAt = performance.now();
  let begun = 0;
  timer = setInterval(() => {
    const now = performance.now();
    const due = ((now - startedAt) / 1_000) * PER_SECOND;
    // A process that was held up has more to catch up with than there are free rows.
    for (; begun < due && busy.size < KEYS / 2; begun++) {
      writeRow(now);
      writeEntry(now);
    }
    advance(now);
  }, TICK_MS);
}

/** As a loader of the application: what is there, and where its streams stood before. */
async function load() {
  const query = async (read) => {
    await sleep(Math.random() * READ_MS_MAX);
    return read();
  };
  const [board, log] = await Promise.all([
    lines.snapshot('board', () => query(() => [...store.board.values()])),
    lines.snapshot('log', () => query(() => store.log.slice(-LOG_SHOWN))),
  ]);
  return { board, log };
}

/** What was published after these offsets. */
function truthAfter({ board, log }) {
  return {
    board: truth.board.slice(2 * board),
    boardAt: truth.boardAt.slice(board),
    log: truth.log.slice(log),
  };
}

const http = createServer();
answering(
  {
    listen: async (origin) => {
      let users = 0;
      lines = createLineServer({
        allowedOrigins: { origins: [origin], allowMissing: true },
        authenticate: () => `user ${++users}`,
        authorize: () => true,
      });
      lines.attach(http);
      http.listen(0, '127.0.0.1');
      await once(http, 'listening');
      return http.address().port;
    },
    start,
    load,
    truthAfter,
    resyncs: () => lines.counters().resyncs,
  },
  async () => {
    clearInterval(timer);
    await lines?.close({ spreadMs: 0, timeoutMs: 0 });
    http.close();
    http.closeAllConnections();
  },
);
