// How many publications of about 100 bytes one page in Chromium takes while it goes on drawing:
// openline.1, by batches of which nothing is parsed, against one WebSocket frame for each. Server,
// browser and this script are processes of their own; the rates grow until the page falls behind.
import { startBenchServer } from './support/benchServer.js';
import { startChild } from './support/child.js';
import { launchChromium } from './support/chromium.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';

const { runs, isJudged } = runsAsked(5, 3);
const seconds = isJudged ? 4 : 1;
const settleMs = isJudged ? 1_000 : 300;
const framesBar = 55;
const rateBar = 200_000;
const overheadBar = 16;
const coresBar = 0.5;
/** So much of what is published has to have come by the time that it is counted. */
const receivedMin = 0.97;
const rates = {
  openline: isJudged ? [200_000, 260_000, 320_000] : [20_000],
  plain: isJudged ? [20_000, 40_000, 60_000] : [5_000],
};

const pages = await startBenchServer(['firehose']);
const server = startChild('firehoseServer');
const chromium = await launchChromium();
const { port, payloadBytes } = await server.call('listen', pages.origin);
const results = { openline: [], plain: [] };
try {
  for (let run = 0; run < runs; run++) {
    for (const kind of run % 2 === 0 ? ['openline', 'plain'] : ['plain', 'openline']) {
      const steps = [];
      for (const rate of rates[kind]) steps.push(await measure(kind, rate));
      results[kind].push(steps);
    }
  }
} finally {
  await chromium.close();
  await server.close();
  await pages.close();
}
report();

/** What arrives and what it costs, at a rate that is held for some seconds. */
async function measure(kind, rate) {
  const page = await chromium.openPage(`${pages.origin}/firehose`);
  await page.call('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(`connect('${kind}', '127.0.0.1:${port}')`);
  await server.call('start', kind, rate);
  await sleep(settleMs);
  const before = await accountOf(page);
  await sleep(seconds * 1_000);
  const after = await accountOf(page);
  await server.call('stop');
  await page.evaluate('disconnect()');
  await page.close();
  const pageS = (after.page.atMs - before.page.atMs) / 1_000;
  const serverMs = after.server.atMs - before.server.atMs;
  const sent = after.server.published - before.server.published;
  return {
    offered: (sent / serverMs) * 1_000,
    received: after.page.received / pageS,
    frames: after.page.frames / pageS,
    longestMs: after.page.longestMs,
    busy: (after.busyMs - before.busyMs) / 1_000 / pageS,
    cores: (after.server.cpuMs - before.server.cpuMs) / serverMs,
    overhead: (after.server.wire - before.server.wire) / sent - payloadBytes,
    unsentMb: after.server.unsent / 1e6,
  };
}

async function accountOf(page) {
  const [counted, told, { metrics }] = await Promise.all([
    page.evaluate('account()'),
    server.call('account'),
    page.call('Performance.getMetrics'),
  ]);
  const busyMs = metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
  return { page: counted, server: told, busyMs };
}

/** The most that came within a second of a run, while the page went on drawing. */
function drawnCapacity(steps) {
  const smooth = steps.filter(
    ({ offered, received, frames }) => frames >= framesBar && received >= offered * receivedMin,
  );
  return mostOf(smooth);
}

function mostOf(steps) {
  return steps.reduce((most, { received }) => Math.max(most, received), 0);
}

function report() {
  const title = `publications of ${payloadBytes.toFixed(0)} B to one page, medians of ${runs}`;
  printTable(`${title} (Chromium ${chromium.version}, Node ${process.version})`, [
    [
      ...['', 'published', 'received', 'frames/s', 'longest ms', 'main thread', 'server cores'],
      ...['bytes more', 'unsent MB'],
    ],
    ...['openline', 'plain'].flatMap((kind) => rates[kind].map((_, i) => row(kind, i))),
  ]);
  const ratios = results.openline.map((steps, i) => mostOf(steps) / mostOf(results.plain[i]));
  const most = (kind) => median(results[kind].map(mostOf)).toFixed(0);
  console.log(
    `at most ${most('openline')} a second by openline.1, ${most('plain')} by one frame each: ` +
      `${median(ratios).toFixed(1)} times as many`,
  );
  const first = (name) => medianOf(results.openline, ([step]) => step[name]);
  const drawn = median(results.openline.map(drawnCapacity));
  judge({
    ...{ name: `publications a second at ${framesBar} frames a second`, figure: drawn },
    ...{ bar: rateBar, isFloor: true, isJudged },
  });
  judge({ name: 'cores of the server', figure: first('cores'), bar: coresBar, isJudged });
  judge({ name: 'bytes of overhead', figure: first('overhead'), bar: overheadBar, isJudged });
}

function row(kind, i) {
  const steps = results[kind].map((run) => run[i]);
  const columns = [
    ...[
      ['offered', 0],
      ['received', 0],
      ['frames', 1],
      ['longestMs', 0],
      ['busy', 2],
    ],
    ...[
      ['cores', 2],
      ['overhead', 1],
      ['unsentMb', 1],
    ],
  ];
  return [
    `${kind}, ${rates[kind][i]} a second`,
    ...columns.map(([name, digits]) => medianOf(steps, (step) => step[name]).toFixed(digits)),
  ];
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
