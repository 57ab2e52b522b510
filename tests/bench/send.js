// 100,000 small texts by sendMessage against WebSocket.send, and as many received by onMessage
// against a bare onmessage: in one page, interleaved, each run on a fresh socket.
import { startBenchServer } from './support/benchServer.js';
import { launchChromium } from './support/chromium.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';

const sendBar = 1.2;
const { runs, isJudged } = runsAsked(9, 3);
const count = isJudged ? 100_000 : 10_000;

const server = await startBenchServer(['traffic']);
const chromium = await launchChromium();
try {
  const page = await chromium.openPage(`${server.origin}/traffic`);
  // Time on the processor, so that what else runs on this machine is not counted.
  await page.call('Performance.enable', { timeDomain: 'threadTicks' });
  report('sent', await measureAll(page, send));
  report('received', await measureAll(page, receive));
} finally {
  await chromium.close();
  await server.close();
}

async function measureAll(page, run) {
  const results = { openline: [], bare: [] };
  // The first pair compiles the code, and is not counted.
  for (let i = isJudged ? -1 : 0; i < runs; i++) {
    for (const name of i % 2 === 0 ? ['openline', 'bare'] : ['bare', 'openline']) {
      const result = await run(page, name);
      if (i >= 0) results[name].push(result);
    }
  }
  return results;
}

async function send(page, name) {
  const before = await taskMs(page);
  const result = await page.evaluate(`sendMany('${name}', ${count})`);
  return { ...result, task: (await taskMs(page)) - before };
}

async function receive(page, name) {
  await page.evaluate(`prepareReceive('${name}', ${count})`);
  const before = await taskMs(page);
  const result = await page.evaluate('receive()');
  const task = (await taskMs(page)) - before;
  await page.evaluate('closeSocket()');
  return { ...result, task };
}

/** What the main thread has worked so far. */
async function taskMs(page) {
  const { metrics } = await page.call('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
}

function report(what, { openline, bare }) {
  const figures = [
    ['in the loops', ({ loops }) => loops],
    ['in the loops, undisturbed', ({ undisturbed }) => undisturbed],
    ['main thread in all', ({ task }) => task],
    ['until all have arrived', ({ total }) => total],
  ]
    .filter(([, of]) => of(bare[0]) !== undefined)
    .map(([name, of]) => {
      const ratio = median(openline.map((run, i) => of(run) / of(bare[i])));
      return { name, ours: medianOf(openline, of), theirs: medianOf(bare, of), ratio };
    });
  printTable(`${count} texts ${what}, ms, medians of ${runs} (Chromium ${chromium.version})`, [
    ['', 'openline', 'WebSocket', 'ratio of pairs'],
    ...figures.map(({ name, ours, theirs, ratio }) => [
      name,
      ...[ours, theirs].map((each) => each.toFixed(1)),
      ratio.toFixed(2),
    ]),
  ]);
  if (what !== 'sent') return;
  judge({ name: 'sending, in the loops', figure: figures[0].ratio, bar: sendBar, isJudged });
}
