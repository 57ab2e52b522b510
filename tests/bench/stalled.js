// One client of many whose socket is not read any more, openline.1 against plain `ws`: whether the
// others feel it, what the server keeps for it, and what it gets when it reads again.
import { startChild } from './support/child.js';
import { sleep } from './support/clock.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';
import { measureFlood } from './support/stalledFlood.js';

const delayBar = 1.1;
const memoryBarMb = 16;
// Until the kernel's buffers are full and the server has to do something, or are empty again. With
// the measurement it is less than the 10 s after which a server cuts who reads nothing.
const settleMs = 3_000;
// That silence which a stalled client cannot help is not what is measured.
const options = { isWatched: true, heartbeatMs: 300_000 };

const { runs, isJudged } = runsAsked(5, 3);
const count = isJudged ? 1_000 : 50;
const floodCount = isJudged ? 100_000 : 5_000;
const seconds = isJudged ? 6 : 1;
const board = { stream: 'board', bytes: 200, perSecond: 20 };
const busy = { stream: 'busy', bytes: 1_000, perSecond: 5_000 };
const arms = [
  { name: 'openline, keyed', kind: 'openline', keys: 1_000 },
  { name: 'openline, log', kind: 'openline', keys: 0 },
  { name: 'ws', kind: 'plain', keys: 0 },
];

const delays = [];
for (const arm of arms) delays.push(await measureDelays(arm));
reportDelays();
reportFloods(await measureFloods());

/**
 * All are on one stream, two of them on a busy one as well, and one of the two stalls. With and
 * without take turns in one server, so that both meet the same noise.
 */
async function measureDelays({ kind, keys }) {
  const [server, clients] = [startChild('serverProcess'), startChild('clientProcess')];
  try {
    const port = await server.call('listen', kind, options);
    const connect = (more) => clients.call('connect', { kind, port, ...more });
    await connect({ count: 2, streams: ['board', 'busy'] });
    await connect({ count: count - 2, streams: ['board'], readStreams: ['board'], isTimed: true });
    await server.call('watchMemory');
    await server.call('start', board);
    await server.call('start', { ...busy, keys });
    await measureFor(server, clients, settleMs); // compiles the code
    const pairs = { without: [], with: [] };
    for (let run = 0; run < runs; run++) {
      pairs.without.push(await measureFor(server, clients, settleMs));
      await clients.call('pause', 0);
      pairs.with.push(await measureFor(server, clients, settleMs));
      await clients.call('resume', 0);
    }
    await checkWhole(server, clients);
    return pairs;
  } finally {
    await Promise.all([server.close(), clients.close()]);
  }
}

/** Of the median second, so that a burst of something else on this machine does not count. */
async function measureFor(server, clients, waitMs) {
  await sleep(waitMs);
  await server.call('peak');
  const begun = { at: performance.now(), cpuMs: await server.call('cpuMs') };
  const each = [];
  for (let second = 0; second < seconds; second++) {
    await clients.call('forgetDelays');
    let found = null;
    while (found === null) {
      await sleep(1_000);
      found = await clients.call('delays');
    }
    each.push(found);
  }
  const cores = ((await server.call('cpuMs')) - begun.cpuMs) / (performance.now() - begun.at);
  const { unsent } = await server.call('peak');
  const of = (what) => medianOf(each, (found) => found[what]);
  return { p50: of('p50'), p99: of('p99'), cores, unsent };
}

/** The one that stalled has lost nothing that it should have, in all its turns. */
async function checkWhole(server, clients) {
  await clients.call('resume', 0);
  await server.call('stop');
  await clients.call('quiet', 1_000);
  const { gaps, resyncs, closeCode } = await clients.call('tally', 0);
  if (gaps + resyncs === 0 && closeCode === null) return;
  throw new Error(`the stalled one: ${gaps} gaps, ${resyncs} resyncs, closed ${closeCode}`);
}

function reportDelays() {
  const rows = arms.map(({ name }, i) => {
    const { without, with: stalled } = delays[i];
    const ratios = stalled.map(({ p99 }, run) => p99 / without[run].p99);
    const ratio = median(ratios);
    const unsent = Math.max(...stalled.map((run) => run.unsent));
    const of = (results, what) => medianOf(results, (run) => run[what]).toFixed(1);
    return {
      name,
      ratio,
      cells: [
        ...[of(without, 'p50'), of(stalled, 'p50'), of(without, 'p99'), of(stalled, 'p99')],
        ...[ratio, Math.min(...ratios), Math.max(...ratios)].map((each) => each.toFixed(2)),
        ...[without, stalled].map((results) => medianOf(results, (run) => run.cores).toFixed(2)),
        (unsent / 1e6).toFixed(1),
      ],
    };
  });
  const title = `delays of ${count - 2} clients while one is stalled, ms, medians of ${runs} pairs`;
  const both = (name) => [name, 'stalled'];
  printTable(`${title} (Node ${process.version})`, [
    [
      '',
      ...both('p50'),
      ...both('p99'),
      'ratio of pairs',
      'from',
      'to',
      ...both('cores'),
      'MB unsent',
    ],
    ...rows.map(({ name, cells }) => [name, ...cells]),
  ]);
  for (const { name, ratio } of rows.slice(0, 2)) {
    judge({ name: `p99 of the others, ${name}`, figure: ratio, bar: delayBar, isJudged });
  }
}

async function measureFloods() {
  const floods = [];
  for (const arm of arms) {
    for (const stall of arm.kind === 'plain' ? ['never', 'all'] : ['never', 'half', 'all']) {
      const result = await measureFlood({ ...arm, stall, count: floodCount });
      floods.push({ ...arm, stall, ...result });
    }
  }
  return floods;
}

function reportFloods(floods) {
  const mb = (size) => (size / 1e6).toFixed(1);
  printTable(
    `${floodCount} publications of 1 KB, one of three clients stalled; MB more than before`,
    [
      ['', 'stalled', 'resident, at most', 'after', 'unsent', 'has got', 'cut', 'faults'],
      ...floods.map(({ name, stall, peak, rss, unsent, entries, cuts, faults }) => [
        name,
        stall,
        ...[peak, rss, unsent].map(mb),
        ...[entries, cuts, faults].map(String),
      ]),
    ],
  );
  for (const { name, kind, keys, stall, ...flood } of floods) {
    if (kind === 'plain' || stall === 'never') continue;
    const never = floods.find((each) => each.name === name && each.stall === 'never');
    const what = `${name}, ${stall === 'all' ? 'stalled throughout' : 'stalled by half'}`;
    const more = (flood.rss - never.rss) / 1e6;
    judge({ name: `memory, ${what}`, figure: more, bar: memoryBarMb, unit: ' MB', isJudged });
    judge({ name: `faults, ${what}`, figure: flood.faults, bar: 0, isJudged });
    if (stall !== 'all') continue;
    const share = flood.entries / floodCount;
    if (keys > 0) judge({ name: `share sent, ${what}`, figure: share, bar: 0.5, isJudged });
    else judge({ name: `left uncut, ${what}`, figure: 1 - flood.cuts, bar: 0, isJudged });
  }
}
