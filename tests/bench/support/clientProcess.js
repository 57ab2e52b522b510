// Many clients in a process of their own; see child.js.
import { answerCalls } from './child.js';
import { ClientEnd } from './clientEnd.js';
import { sleep } from './clock.js';
import { percentile } from './percentile.js';

const atOnce = 50;
const clients = [];
const delays = [];

answerCalls({
  /** So many more, all subscribed to `streams`; see `ClientEnd` for the rest. */
  connect({ count, streams, ...options }) {
    return connectEach({ ...options, lists: new Array(count).fill(streams) });
  },
  /** One client for each list of streams. */
  connectEach,
  reconnect: (i, streams) => clients[i].connect(streams),
  pause: (i) => clients[i].pause(),
  resume: (i) => clients[i].resume(),

  forgetDelays() {
    delays.length = 0;
  },
  /** null if nothing has come. */
  delays() {
    if (delays.length === 0) return null;
    return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  },

  tally(i) {
    const { entries, gaps, resyncs, closeCode, newest } = clients[i];
    return { entries, gaps, resyncs, closeCode, newest: [...newest] };
  },
  bytesRead: () => clients.map(({ bytesRead }) => bytesRead),
  /** Waits until nothing more has come for `quietMs`. */
  async quiet(quietMs) {
    const total = () => clients.reduce((sum, { entries }) => sum + entries, 0);
    for (let before = -1; before !== total(); ) {
      before = total();
      await sleep(quietMs);
    }
  },
  /** Waits until each of them has got `count`, counted from the start. */
  async got(count, timeoutMs) {
    const deadline = performance.now() + timeoutMs;
    while (clients.some(({ entries }) => entries < count)) {
      if (performance.now() > deadline) {
        const least = Math.min(...clients.map(({ entries }) => entries));
        throw new Error(`only ${least} of ${count} have come within ${timeoutMs} ms`);
      }
      await sleep(1);
    }
  },
  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
});

async function connectEach({ lists, isTimed = false, ...options }) {
  const made = lists.map(() => new ClientEnd({ ...options, delays: isTimed ? delays : null }));
  clients.push(...made);
  for (let i = 0; i < made.length; i += atOnce) {
    const some = made.slice(i, i + atOnce);
    await Promise.all(some.map((client, j) => client.connect(lists[i + j])));
  }
}
