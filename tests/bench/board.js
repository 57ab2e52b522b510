// How many updates of a collection of 1,000 rows one page in Chromium takes by openline.1 while it
// goes on drawing the 50 that it shows, and which rows become JavaScript values for that. Server,
// browser and this script are processes of their own.
import { startBenchServer } from './support/benchServer.js';
import { startChild } from './support/child.js';
import { launchChromium } from './support/chromium.js';
import { sleep } from './support/clock.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';

const { runs, isJudged } = runsAsked(5, 3);
const seconds = isJudged ? 4 : 1;
const settleMs = isJudged ? 1_000 : 300;
const drainMs = 300;
const drainsMax = 100;
/** The first of the rows; see pages/board.jsx. */
const shownCount = 50;
const framesBar = 55;
const rateBar = 200_000;
/** So much of what is published has to be shown by the time that it is counted. */
const shownMin = 0.97;
const rates = isJudged ? [200_000, 260_000, 320_000] : [20_000];
/** At the lower one a frame changes a few of the rows that are shown, at the higher one all. */
const countedRates = isJudged ? [5_000, 200_000] : [5_000];

const pages = await startBenchServer(['board']);
const server = startChild('firehoseServer');
const chromium = await launchChromium();
const { port, payloadBytes } = await server.call('listen', pages.origin);
const results = rates.map(() => []);
const counted = [];
try {
  for (let run = 0; run < runs; run++) {
    for (const [i, rate] of rates.entries()) results[i].push(await measure(rate));
  }
  for (const rate of countedRates) counted.push(await countRows(rate));
} finally {
  await chromium.close();
  await server.close();
  await pages.close();
}
report();

/** What is shown and what it costs, at a rate that is held for some seconds. */
function measure(rate) {
  return withBoard(rate, async (page) => {
    const before = await accountOf(page);
    await sleep(seconds * 1_000);
    const after = await accountOf(page);
    await server.call('stop');
    const settled = await settle(page);
    const pageS = (after.page.atMs - before.page.atMs) / 1_000;
    const serverMs = after.server.atMs - before.server.atMs;
    return {
      offered: ((after.server.published - before.server.published) / serverMs) * 1_000,
      shown: (after.page.newest - before.page.newest) / pageS,
      frames: after.page.frames / pageS,
      longestMs: after.page.longestMs,
      busy: (after.busyMs - before.busyMs) / 1_000 / pageS,
      cores: (after.server.cpuMs - before.server.cpuMs) / serverMs,
      unsentMb: after.server.unsent / 1e6,
      ...settled,
    };
  });
}

/** Not measured otherwise: to look at each row costs the page more than the rows do. */
function countRows(rate) {
  return withBoard(rate, async (page) => {
    await page.evaluate('countRows()');
    await sleep(seconds * 1_000);
    const counts = await page.evaluate('rowsCounted()');
    await server.call('stop');
    if (counts.rows === 0) throw new Error('no row went through JSON.parse: nothing was counted');
    return { rate, ...counts };
  });
}

async function withBoard(rate, use) {
  const page = await chromium.openPage(`${pages.origin}/board`);
  await page.call('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(`connect('127.0.0.1:${port}')`);
  await server.call('start', 'board', rate);
  await sleep(settleMs);
  const result = await use(page);
  await page.close();
  return result;
}

async function accountOf(page) {
  const [shown, told, { metrics }] = await Promise.all([
    page.evaluate('account()'),
    server.call('account'),
    page.call('Performance.getMetrics'),
  ]);
  const busyMs = metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
  return { page: shown, server: told, busyMs };
}

/** Once the page shows the newest publication that it has to show, and what came behind that. */
async function settle(page) {
  const expected = await server.call('rows');
  const newest = Math.max(...expected.slice(0, shownCount).map(({ size }) => size));
  for (let drains = 0; drains < drainsMax; drains++) {
    await sleep(drainMs);
    if ((await page.evaluate('account()')).newest === newest) break;
  }
  await sleep(drainMs);
  const rows = await page.evaluate('readRows()');
  const byId = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
  const wrong = expected.filter((row) => byId.get(row.id) !== JSON.stringify(row)).length;
  return { wrong, resyncs: (await page.evaluate('account()')).resyncs };
}

function report() {
  const title = `updates of ${payloadBytes.toFixed(0)} B to a collection, medians of ${runs}`;
  printTable(`${title} (Chromium ${chromium.version}, Node ${process.version})`, [
    [
      ...['', 'published', 'shown', 'frames/s', 'longest ms', 'main thread', 'server cores'],
      ...['unsent MB', 'resyncs', 'rows wrong'],
    ],
    ...results.map((steps, i) => row(`${rates[i]} a second`, steps)),
  ]);
  printTable('rows that became JavaScript values', [
    ['', 'rows', 'a delta', 'at most', 'deltas', 'frames', 'not shown, or not changed'],
    ...counted.map(({ rate, rows, parsed, most, frames, needless }) => [
      `${rate} a second`,
      ...[rows, (rows / parsed).toFixed(1), most, parsed, frames, needless].map(String),
    ]),
  ]);
  const drawn = Array.from({ length: runs }, (_, run) => drawnCapacity(run));
  judge({
    ...{ name: `updates a second at ${framesBar} frames a second`, bar: rateBar },
    ...{ figure: medianOf(drawn, (each) => each), isFloor: true, isJudged },
  });
  // Who falls behind further than the history reaches is told of the gap, and has one.
  const whole = results.flat().filter(({ resyncs }) => resyncs === 0);
  const wrong = whole.reduce((sum, step) => sum + step.wrong, 0);
  judge({ name: 'rows that are not as the server has them', figure: wrong, bar: 0, isJudged });
  const needless = counted.reduce((sum, each) => sum + each.needless, 0);
  const name = 'rows that became values without having changed in sight';
  judge({ name, figure: needless, bar: 0, isJudged });
}

/** The most that was shown within a second of a run, without a gap while the page was drawn. */
function drawnCapacity(run) {
  const smooth = results
    .map((steps) => steps[run])
    .filter(({ frames, resyncs }) => frames >= framesBar && resyncs === 0)
    .filter(({ offered, shown }) => shown >= offered * shownMin);
  return smooth.reduce((most, { shown }) => Math.max(most, shown), 0);
}

function row(name, steps) {
  const columns = [
    ...[
      ['offered', 0],
      ['shown', 0],
      ['frames', 1],
      ['longestMs', 0],
    ],
    ...[
      ['busy', 2],
      ['cores', 2],
      ['unsentMb', 1],
      ['resyncs', 0],
      ['wrong', 0],
    ],
  ];
  return [
    name,
    ...columns.map(([what, digits]) => medianOf(steps, (step) => step[what]).toFixed(digits)),
  ];
}
