// One server in a process of its own; see child.js.
import { createHook } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerCalls } from './child.js';
import { clockMs, sleep } from './clock.js';
import { Publisher } from './publisher.js';
import { openLineEnd, openPlainEnd } from './serverEnds.js';

const sampleMs = 50;
const ends = { openline: openLineEnd, plain: openPlainEnd };
const http = createServer();
const raws = new Set();
const publishers = [];
const timers = new Set();
let end;
let peak = { rss: 0, unsent: 0 };
let onWrite = null;

answerCalls({
  /** `isWatched`: what its sockets have unsent is known, and when they write. */
  async listen(kind, { isWatched = false, ...options } = {}) {
    if (isWatched) http.on('connection', watch);
    end = ends[kind](http, options);
    http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
    await once(http, 'listening');
    return http.address().port;
  },

  start(spec) {
    publishers.push(new Publisher(end.publish, spec));
  },
  /** Waits until those with a count have published it. */
  async finished() {
    await Promise.all(publishers.splice(0).map(({ done }) => done));
  },
  stop() {
    return publishers.splice(0).map((publisher) => {
      publisher.stop();
      return publisher.published;
    });
  },

  publishAll,
  publishAlone,
  closed: () => end.closed(),

  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  /** In bytes, when nothing more can be collected. */
  async memory() {
    for (let i = 0; i < 4; i++) {
      global.gc();
      await sleep(250);
    }
    return { ...process.memoryUsage() };
  },
  watchMemory() {
    setInterval(sample, sampleMs);
  },
  /** The highest values since the last call. */
  peak() {
    sample();
    const answer = peak;
    peak = { rss: 0, unsent: 0 };
    return answer;
  },

  /** From here on `liveTimers` counts; it costs each timer something. */
  countTimers() {
    createHook({
      init: (id, type) => type === 'Timeout' && timers.add(id),
      destroy: (id) => timers.delete(id),
    }).enable();
  },
  /** Timers that have not ended, those that keep no process alive included. */
  liveTimers() {
    const referenced = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    return { all: timers.size, referenced: referenced.length };
  },
});

function watch(raw) {
  raws.add(raw);
  raw.on('close', () => raws.delete(raw));
  const write = raw.write;
  raw.write = function (...args) {
    onWrite?.();
    return write.apply(this, args);
  };
}

function sample() {
  peak.unsent = Math.max(peak.unsent, unsent());
  peak.rss = Math.max(peak.rss, process.memoryUsage.rss());
}

function unsent() {
  let sum = 0;
  for (const { writableLength } of raws) sum += writableLength;
  return sum;
}

/** `count` publications as fast as they go, waiting while more than `unsentMax` is unsent. */
async function publishAll({ stream, value, count, unsentMax }) {
  const turn = 500;
  for (let done = 0; done < count; done += turn) {
    for (let i = 0; i < Math.min(turn, count - done); i++) end.publish(stream, value, null);
    do await new Promise((resolve) => setImmediate(resolve));
    while (unsent() > unsentMax);
  }
}

/** Lone publications, and for each the ms from its `publish` to the write on the socket. */
async function publishAlone({ stream, value, count, everyMs }) {
  const waits = [];
  for (let i = 0; i < count; i++) {
    await sleep(everyMs);
    const written = new Promise((resolve) => {
      onWrite = () => {
        onWrite = null;
        resolve(clockMs());
      };
    });
    const at = clockMs();
    end.publish(stream, value, null);
    waits.push((await written) - at);
  }
  return waits;
}
