import { startChild } from './child.js';
import { sleep } from './clock.js';

const stream = 'busy';
const bytes = 1_000;
const perSecond = 10_000;
const readers = 2;
const cutMs = 20_000; // 10 s with too much unsent, the look after that, and what filled the buffers

/**
 * `count` publications of 1 KB to three clients, one of which is not read: `never`, for the first
 * `half` of the time, or for `all` of it and until the server has cut it where it does. Answers
 * what the server had to keep, and what that client has got in the end.
 */
export async function measureFlood({ kind, keys, stall, count }) {
  const server = startChild('serverProcess', { execArgv: ['--expose-gc'] });
  const clients = startChild('clientProcess');
  try {
    // Of a log everything, so that whoever comes back can have it; the keys need nothing of it.
    const history = keys === 0 ? { size: count, bytesMax: 2 * count * bytes } : undefined;
    const port = await server.call('listen', kind, { isWatched: true, history });
    const all = { kind, port, streams: [stream] };
    await clients.call('connect', { ...all, count: 1, readStreams: [stream] });
    await clients.call('connect', { ...all, count: readers });
    const before = await server.call('memory');
    await server.call('watchMemory');
    if (stall !== 'never') await clients.call('pause', 0);
    await server.call('start', { stream, bytes, perSecond, count, keys });
    if (stall === 'half') {
      await sleep((count / perSecond) * 500);
      await clients.call('resume', 0);
    }
    await server.call('finished');
    const { rss: peak, unsent } = await server.call('peak');
    const { rss } = await server.call('memory');
    const isCut = stall === 'all' && kind === 'openline' && keys === 0;
    const cuts = isCut ? await waitForCut(server) : 0;
    await clients.call('resume', 0);
    await clients.call('quiet', 500);
    if (isCut) {
      await clients.call('reconnect', 0, [stream]);
      await clients.call('quiet', 500);
    }
    const got = await clients.call('tally', 0);
    const memory = { peak: peak - before.rss, rss: rss - before.rss, unsent };
    return { ...memory, cuts, entries: got.entries, faults: faultsOf(got, { keys, count }) };
  } finally {
    await Promise.all([server.close(), clients.close()]);
  }
}

/** How many connections the server has cut with 1013. */
async function waitForCut(server) {
  for (const deadline = performance.now() + cutMs; performance.now() < deadline; ) {
    const closed = await server.call('closed');
    if (closed[1013] !== undefined) return closed[1013];
    await sleep(100);
  }
  return 0;
}

/** Gaps, what is missing, and keys of which it does not have the newest. */
function faultsOf({ entries, gaps, resyncs, newest }, { keys, count }) {
  if (keys === 0) return gaps + resyncs + Math.abs(count - entries);
  const numbers = new Map(newest);
  let stale = 0;
  for (let n = count - keys; n < count; n++) {
    if (numbers.get(`key ${n % keys}`) !== n) stale += 1;
  }
  return gaps + resyncs + stale;
}
