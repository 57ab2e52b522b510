// From the mount of a component to its first message: openline against `new WebSocket` in an
// effect. Cold: a fresh browser context, so everything is downloaded. Warm: mounted again in the
// same page.
import { startBenchServer } from './support/benchServer.js';
import { launchChromium } from './support/chromium.js';
import { judge, medianOf, printTable, runsAsked } from './support/figures.js';
import { median } from './support/median.js';

const coldBarMs = 60;
const warmBarMs = 3;
const pages = { openline: 'mountOpenline', bare: 'mountBare' };

const { runs, isJudged } = runsAsked(20, 7);
const server = await startBenchServer(Object.values(pages));
const chromium = await launchChromium();
try {
  report(await measureAll());
} finally {
  await chromium.close();
  await server.close();
}

async function measureAll() {
  const results = { openline: [], bare: [] };
  // The first pair also warms up the browser's own processes, and is not counted.
  for (let run = isJudged ? -1 : 0; run < runs; run++) {
    for (const [name, entry] of Object.entries(pages)) {
      const result = await measureOne(`${server.origin}/${entry}`);
      if (run >= 0) results[name].push(result);
    }
  }
  return results;
}

async function measureOne(url) {
  const page = await chromium.openPage(url);
  const cold = await page.evaluate('first');
  const warm = await page.evaluate('again()');
  await page.close();
  return { cold, warm };
}

function report({ openline, bare }) {
  const figures = [
    ['cold, from navigation', ({ cold }) => cold.fromNavigation, coldBarMs],
    ['cold, from mount', ({ cold }) => cold.fromMount, coldBarMs],
    ['warm, from mount', ({ warm }) => warm.fromMount, warmBarMs],
  ].map(([name, of, bar]) => {
    // Of pairs, because what else the machine does changes slowly.
    const more = median(openline.map((run, i) => of(run) - of(bare[i])));
    return { name, bar, more, ours: medianOf(openline, of), theirs: medianOf(bare, of) };
  });
  printTable(`first message, ms, medians of ${runs} (Chromium ${chromium.version})`, [
    ['', 'openline', 'WebSocket', 'difference', 'ratio'],
    ...figures.map(({ name, ours, theirs, more }) => [
      name,
      ...[ours, theirs, more].map((each) => each.toFixed(1)),
      (ours / theirs).toFixed(2),
    ]),
  ]);
  for (const { name, bar, more } of figures) {
    judge({ name: `${name}, more`, figure: more, bar, unit: ' ms', isJudged });
  }
}
