// What 10,000 idle connections cost one server process, openline.1 against plain `ws`: resident
// memory, and timers. The clients live in another process, because each connection takes a
// descriptor at either end.
import { readFileSync } from 'node:fs';
import { startChild } from './support/child.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';

const memoryBar = 1.5;
const timersBar = 2;
const spareDescriptors = 200;

const { runs, isJudged } = runsAsked(5, 3);
const count = isJudged ? 10_000 : 200;
const onNone = () => [];
const onOne = () => ['board'];
const onOwn = (i) => [`inbox:${i}`];
// With a stream for each connection `ws` needs a table of them as well; else it has only sockets.
const arms = [
  { name: 'ws', kind: 'plain', streams: onNone, against: 0 },
  { name: 'ws, each on its own stream', kind: 'plain', streams: onOwn, against: 1 },
  { name: 'openline', kind: 'openline', streams: onNone, against: 0 },
  { name: 'openline, all on one stream', kind: 'openline', streams: onOne, against: 0 },
  { name: 'openline, each on its own', kind: 'openline', streams: onOwn, against: 1 },
];

checkDescriptors();
const results = arms.map(() => []);
for (let run = 0; run < runs; run++) {
  for (const [i, arm] of arms.entries()) results[i].push(await measureMemory(arm));
}
reportMemory();
reportTimers(await measureTimers(0), await measureTimers(Math.min(count, 1_000)));

/** Node raises the soft limit to the hard one by itself; only the hard one can be too low. */
function checkDescriptors() {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const [, soft, hard] = /^Max open files\s+(\d+)\s+(\d+)/m.exec(limits) ?? [];
  console.log(`descriptors of each process: ${soft}, at most ${hard}`);
  if (Number(soft) >= count + spareDescriptors) return;
  throw new Error(`${count} connections need as many descriptors; try ulimit -n 20000`);
}

async function measureMemory({ kind, streams }) {
  const [server, clients] = await start(kind);
  try {
    const before = await server.call('memory');
    await connect(server, clients, { kind, streams, of: count });
    const after = await server.call('memory');
    const each = (name) => (after[name] - before[name]) / count;
    const closed = Object.keys(await server.call('closed'));
    if (closed.length > 0) throw new Error(`the server has closed connections: ${closed}`);
    return { rss: each('rss'), heap: each('heapUsed'), outside: each('external') };
  } finally {
    await Promise.all([server.close(), clients.close()]);
  }
}

async function measureTimers(of) {
  const [server, clients] = await start('openline', true);
  try {
    await connect(server, clients, { kind: 'openline', streams: onOne, of });
    await server.call('memory'); // timers that have ended are counted until they are collected
    return { of, ...(await server.call('liveTimers')) };
  } finally {
    await Promise.all([server.close(), clients.close()]);
  }
}

async function start(kind, countsTimers = false) {
  const server = startChild('serverProcess', { execArgv: ['--expose-gc'] });
  const clients = startChild('clientProcess');
  if (countsTimers) await server.call('countTimers');
  server.port = await server.call('listen', kind);
  return [server, clients];
}

async function connect({ port }, clients, { kind, streams, of }) {
  const lists = Array.from({ length: of }, (_, i) => streams(i));
  await clients.call('connectEach', { kind, port, lists });
}

function reportMemory() {
  const rows = arms.map(({ name, against }, i) => {
    const ratio = median(results[i].map(({ rss }, run) => rss / results[against][run].rss));
    const spread = results[i].map(({ rss }) => rss);
    return { name, ratio, spread, of: (what) => medianOf(results[i], (run) => run[what]) };
  });
  const kb = (bytes) => (bytes / 1_000).toFixed(2);
  printTable(`${count} idle connections, KB each, medians of ${runs} (Node ${process.version})`, [
    ['', 'resident', 'from', 'to', 'heap', 'outside it', 'ratio of pairs'],
    ...rows.map(({ name, ratio, spread, of }) => [
      name,
      ...[of('rss'), Math.min(...spread), Math.max(...spread), of('heap'), of('outside')].map(kb),
      ratio.toFixed(2),
    ]),
  ]);
  for (const { name, ratio } of rows.slice(2)) {
    judge({ name: `resident memory, ${name}`, figure: ratio, bar: memoryBar, isJudged });
  }
}

function reportTimers(none, many) {
  printTable('timers of the server', [
    ['connections', 'live', 'that keep it alive'],
    ...[none, many].map(({ of, all, referenced }) => [of, all, referenced].map(String)),
  ]);
  const figure = many.all - none.all;
  judge({ name: `timers more for ${many.of} connections`, figure, bar: timersBar, isJudged });
}
