// A board of 1,000 rows of which 50 are on the screen, while messages of 90 bytes change any of
// them: what a message costs the main thread of a page in Chromium, by openline, by an expert's own
// hand and by react-use-websocket. Server, browser and this script are processes of their own, and
// the frames are made before a run begins.
import { version } from 'react';
import { startBenchServer } from './support/benchServer.js';
import { startChild } from './support/child.js';
import { launchChromium } from './support/chromium.js';
import { sleep } from './support/clock.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';
import { rowCount } from './support/tickerFrames.js';

const { runs, isJudged } = runsAsked(5, 3);
const isLong = isJudged && runs > 3;
const seconds = isLong ? 4 : isJudged ? 2 : 0.2;
const floodCount = isLong ? 100_000 : isJudged ? 50_000 : 2_000;
const burstCount = 10_000;
const settleMs = isJudged ? 300 : 50;
const commitsMoreBar = 2;
/** Who loses messages may have lost the last one: it is said again so often. */
const repeatMs = 300;
const repeatsMax = 200;
const asTaken = null;

const contestants = {
  openline: { entry: 'tickerOpenline', batchFormat: 'openline' },
  expert: { entry: 'tickerExpert', batchFormat: 'array' },
  // Reads next to nothing, so its rows are wrong.
  'frames and drawing alone': { entry: 'tickerFloor', batchFormat: 'array' },
  'react-use-websocket': { entry: 'tickerReactUseWebSocket', batchFormat: 'array' },
};
const loads = [
  { ...paced(1_000) },
  { ...paced(5_000), bar: 1 },
  { ...paced(20_000, isLong ? 10 : seconds), bar: 1 },
  { name: 'flood', perSecond: asTaken, perFrame: 1, count: floodCount, bar: 1 },
  {
    name: 'burst of 10,000 right after the socket has opened',
    perSecond: asTaken,
    perFrame: 1,
    count: burstCount,
    isBurst: true,
  },
  { ...paced(50_000), name: '50,000 a second by 50', perFrame: 50 },
  { ...paced(200_000), name: '200,000 a second by 50', perFrame: 50, bar: 0.6 },
];

const names = Object.keys(contestants);
const pages = await startBenchServer(names.map((name) => contestants[name].entry));
const server = startChild('tickerServer');
const chromium = await launchChromium();
const results = loads.map(() => Object.fromEntries(names.map((name) => [name, []])));
try {
  const host = `127.0.0.1:${await server.call('listen')}`;
  for (let run = 0; run < runs; run++) {
    for (const [i, load] of loads.entries()) {
      // Each begins in turn, because what else the machine does changes slowly.
      for (const name of [
        ...names.slice(run % names.length),
        ...names.slice(0, run % names.length),
      ]) {
        results[i][name].push(await measure(host, contestants[name], load));
      }
    }
  }
} finally {
  await chromium.close();
  await server.close();
  await pages.close();
}
report();

function paced(perSecond, forSeconds = seconds) {
  const name = `${perSecond.toLocaleString('en')} a second`;
  return { name, perSecond, perFrame: 1, count: perSecond * forSeconds };
}

/** From a warm page's next message until it shows the last one; a burst finds it cold. */
async function measure(host, { entry, batchFormat }, { perSecond, perFrame, count, isBurst }) {
  const warm = isBurst ? 0 : Math.max(count / 4, 2 * rowCount);
  const stops = [warm, warm + count].filter((stop) => stop > 0);
  const format = perFrame === 1 ? 'text' : batchFormat;
  await server.call('prepare', { format, perFrame, stops });
  const page = await chromium.openPage(`${pages.origin}/${entry}`);
  await page.call('Performance.enable', { timeDomain: 'threadTicks' });
  const connect = `connect(${JSON.stringify({ host, batches: perFrame > 1 })})`;
  const written = (before, stop) => writeUntilShown(page, { before, stop, perSecond, format });
  if (!isBurst) {
    await written(connect, warm);
    await sleep(settleMs);
  }
  const before = await busyMs(page);
  const counted = await written(isBurst ? connect : 'Promise.resolve()', warm + count);
  const cpuMs = (await busyMs(page)) - before;
  const lost = countLost(await page.evaluate('readRows()'), await server.call('rows'));
  await page.close();
  return {
    ...{ cpuMs, lost, commits: counted.commits, longestMs: counted.longestMs },
    each: (cpuMs / count) * 1_000,
    busy: cpuMs / counted.ms,
    applied: (count / counted.ms) * 1_000,
    frames: (counted.frames / counted.ms) * 1_000,
    commitsMore: counted.commits - counted.frames,
  };
}

/** Counts in the page, once `before` is done there, until it shows the last message. */
async function writeUntilShown(page, { before, stop, perSecond, format }) {
  let isShown = false;
  const counted = page.evaluate(`${before}.then(() => countUntil(${stop}))`).finally(() => {
    isShown = true;
  });
  counted.catch(() => {}); // it is awaited below, if nothing else fails before
  await server.call('write', { stop, perSecond });
  await Promise.race([counted, sleep(repeatMs)]);
  for (let repeats = 0; !isShown; repeats++) {
    if (repeats === repeatsMax) throw new Error(`message ${stop} is not shown`);
    if (format !== 'openline') await server.call('repeat', stop);
    await Promise.race([counted, sleep(repeatMs)]);
  }
  return counted;
}

async function busyMs(page) {
  const { metrics } = await page.call('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
}

/** How many rows are not as the server has them. */
function countLost(rows, expected) {
  const byId = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
  return expected.filter((row) => byId.get(row.id) !== JSON.stringify(row)).length;
}

function report() {
  for (const [i, { name }] of loads.entries()) {
    printTable(`${name}, medians of ${runs} (Chromium ${chromium.version}, React ${version})`, [
      [
        ...['', 'CPU, ratio to the expert', 'from', 'to', 'µs a message', 'main thread'],
        ...['messages/s', 'commits', 'frames/s', 'longest ms', 'rows wrong'],
      ],
      ...names.map((contestant) => row(contestant, results[i])),
    ]);
  }
  for (const [i, { name, bar }] of loads.entries()) {
    if (bar === undefined) continue;
    const figure = median(ratiosOf('openline', results[i]));
    judge({ name: `CPU of the main thread at ${name}`, figure, bar, isJudged });
  }
  const of = (what) => results.flatMap(({ openline }) => openline.map((run) => run[what]));
  const lost = of('lost').reduce((sum, each) => sum + each, 0);
  judge({ name: 'rows that are not as the server has them', figure: lost, bar: 0, isJudged });
  const figure = Math.max(...of('commitsMore'));
  judge({ name: 'commits more than frames, at most', figure, bar: commitsMoreBar, isJudged });
}

function row(name, result) {
  const ratios = ratiosOf(name, result);
  const figures = [
    ...[
      ['each', 1],
      ['busy', 2],
      ['applied', 0],
      ['commits', 0],
    ],
    ...[
      ['frames', 1],
      ['longestMs', 0],
      ['lost', 0],
    ],
  ];
  return [
    name,
    ...[median(ratios), Math.min(...ratios), Math.max(...ratios)].map((each) => each.toFixed(2)),
    ...figures.map(([what, digits]) => medianOf(result[name], (run) => run[what]).toFixed(digits)),
  ];
}

/** Of runs that followed each other. */
function ratiosOf(name, result) {
  return result[name].map(({ cpuMs }, run) => cpuMs / result.expert[run].cpuMs);
}
