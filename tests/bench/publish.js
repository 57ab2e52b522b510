// Publications through one server process, to one client and to a hundred, openline.1 against plain
// `ws` which sends one frame for each: how many a second, what they cost the server, how many bytes
// more than the payload they take, and how long a lone one waits.
import { startChild } from './support/child.js';
import { clockMs } from './support/clock.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';
import { percentile } from './support/percentile.js';

const overheadBar = 16;
const waitBarMs = 1;
const payloadBytes = 100;
const pacedPerSecond = 5_000;
const unsentMax = 262_144; // for each client; above it the publisher waits, at either server
const timeoutMs = 60_000;

const { runs, isJudged } = runsAsked(5, 3);
const scale = isJudged ? 1 : 0.05;
const value = 'x'.repeat(payloadBytes - 2); // and two quotes
const kinds = ['plain', 'openline'];
const crowds = [
  { clients: 1, counts: { plain: 60_000 * scale, openline: 200_000 * scale } },
  { clients: 100, counts: { plain: 5_000 * scale, openline: 100_000 * scale } },
];
const pacedSeconds = 3 * scale;
const lone = { stream: 'board', value, count: 300 * scale, everyMs: 10 };

for (const crowd of crowds) reportCrowd(crowd, await inPairs((kind) => measureCrowd(kind, crowd)));
reportLone(await inPairs(measureLone));

async function inPairs(measure) {
  const results = { plain: [], openline: [] };
  for (let run = 0; run < runs; run++) {
    for (const kind of run % 2 === 0 ? kinds : kinds.toReversed()) {
      results[kind].push(await measure(kind));
    }
  }
  return results;
}

/** The first round compiles the code, and is not counted. */
async function measureCrowd(kind, { clients, counts }) {
  return withEnds(kind, clients, async (ends) => {
    const all = { stream: 'board', value, count: counts[kind], unsentMax: unsentMax * clients };
    await timed(ends, all.count / 4, () =>
      ends.server.call('publishAll', { ...all, count: all.count / 4 }),
    );
    const fast = await timed(ends, all.count, () => ends.server.call('publishAll', all));
    const count = pacedPerSecond * pacedSeconds;
    const spec = { stream: 'board', bytes: payloadBytes, perSecond: pacedPerSecond, count };
    const paced = await timed(ends, count, async () => {
      await ends.server.call('start', spec);
      await ends.server.call('finished');
    });
    return { fast, paced };
  });
}

async function measureLone(kind) {
  return withEnds(kind, 1, async (ends) => {
    await ends.server.call('publishAlone', lone);
    ends.got += lone.count;
    let waits;
    const { overhead } = await timed(ends, lone.count, async () => {
      waits = await ends.server.call('publishAlone', lone);
    });
    return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99), overhead };
  });
}

async function withEnds(kind, count, measure) {
  const server = startChild('serverProcess');
  const clients = startChild('clientProcess');
  try {
    const port = await server.call('listen', kind, { isWatched: true });
    await clients.call('connect', { kind, port, count, streams: ['board'] });
    return await measure({ server, clients, got: 0 });
  } finally {
    await Promise.all([server.close(), clients.close()]);
  }
}

/** Until the last of `count` publications has come to the last client. */
async function timed(ends, count, publish) {
  const { server, clients } = ends;
  const before = {
    bytes: await clients.call('bytesRead'),
    cpuMs: await server.call('cpuMs'),
    at: clockMs(),
  };
  ends.got += count;
  await publish();
  await clients.call('got', ends.got, timeoutMs);
  const ms = clockMs() - before.at;
  const cpuMs = (await server.call('cpuMs')) - before.cpuMs;
  const bytes = await clients.call('bytesRead');
  const wire = Math.max(...bytes.map((each, i) => each - before.bytes[i]));
  return {
    perSecond: (count / ms) * 1_000,
    cpuUs: (cpuMs / count) * 1_000,
    share: cpuMs / ms,
    overhead: wire / count - payloadBytes,
  };
}

function reportCrowd({ clients, counts }, results) {
  const rows = [
    ['a second, as fast as it goes', 'fast', 'perSecond', 0],
    ['  µs of server each', 'fast', 'cpuUs', 2],
    ['  cores of the server', 'fast', 'share', 2],
    ['  bytes more than the payload', 'fast', 'overhead', 1],
    [`at ${pacedPerSecond} a second: µs of server each`, 'paced', 'cpuUs', 1],
    ['  cores of the server', 'paced', 'share', 2],
  ].map(([name, how, what, digits]) => row(name, results, (run) => run[how][what], digits));
  const title = `publications of ${payloadBytes} B to ${clients}, medians of ${runs}`;
  printTable(`${title} (${counts.openline} and ${counts.plain} of ws; Node ${process.version})`, [
    ['', 'openline', 'from', 'to', 'ws', 'from', 'to', 'ratio of pairs'],
    ...rows,
  ]);
  judge({
    name: `bytes of overhead to ${clients}`,
    figure: medianOf(results.openline, ({ fast }) => fast.overhead),
    bar: overheadBar,
    isJudged,
  });
}

function reportLone(results) {
  const rows = [
    ['ms from publish to write, median', 'p50', 3],
    ['ms from publish to write, p99', 'p99', 3],
    ['bytes more than the payload', 'overhead', 1],
  ].map(([name, what, digits]) => row(name, results, (run) => run[what], digits));
  printTable(`lone publications, ${lone.count} each ${lone.everyMs} ms, medians of ${runs}`, [
    ['', 'openline', 'from', 'to', 'ws', 'from', 'to', 'ratio of pairs'],
    ...rows,
  ]);
  const of = (what) => medianOf(results.openline, (run) => run[what]);
  judge({
    name: 'wait of a lone one, p99',
    figure: of('p99'),
    bar: waitBarMs,
    unit: ' ms',
    isJudged,
  });
  judge({
    name: 'bytes of overhead of a lone one',
    figure: of('overhead'),
    bar: overheadBar,
    isJudged,
  });
}

function row(name, { openline, plain }, of, digits) {
  const ratio = median(openline.map((run, i) => of(run) / of(plain[i])));
  const cells = [openline, plain].flatMap((results) => {
    const values = results.map(of);
    return [median(values), Math.min(...values), Math.max(...values)];
  });
  return [name, ...cells.map((cell) => cell.toFixed(digits)), ratio.toFixed(2)];
}
