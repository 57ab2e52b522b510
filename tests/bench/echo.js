// From the send of a lone message until the page shows what the server answered: openline against
// the simplest client that there is and against an expert's, which waits for the animation frame.
import { startBenchServer } from './support/benchServer.js';
import { launchChromium } from './support/chromium.js';
import { sleep } from './support/clock.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';
import { percentile } from './support/percentile.js';

const barMs = 2;
const kinds = ['naive', 'expert', 'openline'];

const { runs, isJudged } = runsAsked(5, 3);
const rounds = isJudged ? 100 : 5;
const warmRounds = isJudged ? 20 : 1;
/** Long enough that the page has drawn and is idle; of any phase to its frames. */
const pauseMs = () => 30 + Math.random() * 40;

const server = await startBenchServer(['echo']);
const chromium = await launchChromium();
const results = [];
try {
  for (let run = 0; run < runs; run++) results.push(await measure());
} finally {
  await chromium.close();
  await server.close();
}
report();

/** In turn, in the same page, because what else the machine does changes. */
async function measure() {
  const page = await chromium.openPage(`${server.origin}/echo`);
  await page.evaluate('connect()');
  const times = { naive: [], expert: [], openline: [] };
  for (let round = -warmRounds; round < rounds; round++) {
    for (const kind of kinds) {
      await sleep(pauseMs());
      const ms = await page.evaluate(`echo('${kind}')`);
      if (round >= 0) times[kind].push(ms);
    }
  }
  await page.close();
  const of = (share) => (kind) => [kind, percentile(times[kind], share)];
  return {
    p50: Object.fromEntries(kinds.map(of(0.5))),
    p99: Object.fromEntries(kinds.map(of(0.99))),
  };
}

function report() {
  const title = `echoes until shown, ms, ${rounds} a run, medians of ${runs}`;
  printTable(`${title} (Chromium ${chromium.version})`, [
    ['', 'p50', 'from', 'to', 'p99', 'p50 more than naive'],
    ...kinds.map((kind) => {
      const p50 = results.map((run) => run.p50[kind]);
      const figures = [median(p50), Math.min(...p50), Math.max(...p50)];
      figures.push(
        medianOf(results, (run) => run.p99[kind]),
        more(kind),
      );
      return [kind, ...figures.map((each) => each.toFixed(1))];
    }),
  ]);
  const figure = more('openline');
  judge({ name: 'p50, more than naive', figure, bar: barMs, unit: ' ms', isJudged });
}

function more(kind) {
  return medianOf(results, ({ p50 }) => p50[kind] - p50.naive);
}
