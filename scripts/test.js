// Builds everything and runs every suite. The last line is `N passed, N failed`; the exit code is 1
// if anything failed, a suite could not run, or a suite had no tests.
// Run: node scripts/test.js [SUITE]... [--failed NAME]...
// SUITE: checks, native-asan, fuzz, build, simulation, js, e2e; and native-debug, which is run only
// when it is asked for: the same tests without the sanitizers, by the compiler of the system. The
// simulation is built by that one always.
// --failed counts something that has already failed elsewhere, for .ci/run.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { OrderedOutput } from './lib/orderedOutput.js';
import { stopStepsOnSignals } from './lib/runStep.js';
import { runSimulation } from './lib/simulationSuite.js';
import { runBuild, runChecks, runFuzz, runNative, runVitest } from './lib/suites.js';

const suiteNames = [
  'checks',
  'native-debug',
  'native-asan',
  'fuzz',
  'build',
  'simulation',
  'js',
  'e2e',
];
const onlyWhenAsked = ['native-debug'];
const results = new Map();

async function main() {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const { suites, failedBefore } = readArguments();
  stopStepsOnSignals();
  for (const name of failedBefore) results.set(name, { passed: 0, failed: 1, seconds: 0 });

  const output = new OrderedOutput(process.stdout);
  const jobs = makeJobs(suites);
  for (const job of jobs) job.section = output.section();
  const lane = (number) => runInTurn(jobs.filter((job) => job.lane === number));
  // Two lanes for two cores. Vitest comes last and alone: its tests have deadlines, and compilers
  // beside them would miss them.
  await Promise.all([lane(1), lane(2)]);
  await lane(3);
  summarise();
}

function readArguments() {
  const options = { failed: { type: 'string', multiple: true, default: [] } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.filter((name) => !suiteNames.includes(name));
  if (unknown.length > 0) {
    console.error(`unknown suite: ${unknown.join(', ')}. There are: ${suiteNames.join(', ')}`);
    process.exit(2);
  }
  const always = suiteNames.filter((name) => !onlyWhenAsked.includes(name));
  const suites = new Set(positionals.length > 0 ? positionals : always);
  if (suites.has('js') || suites.has('e2e')) suites.add('build');
  return { suites, failedBefore: values.failed };
}

/** In the order of the output. `run` returns the counts of one suite or several, by name. */
function makeJobs(suites) {
  const vitest = ['js', 'e2e'].filter((name) => suites.has(name));
  const jobs = [
    { title: 'checks', lane: 1, run: async (out) => ({ checks: await runChecks(out) }) },
    ...['native-debug', 'native-asan'].map((preset) => ({
      title: preset,
      lane: 2,
      run: async (out) => ({ [preset]: await runNative(preset, out) }),
    })),
    { title: 'fuzz', lane: 2, run: async (out) => ({ fuzz: await runFuzz(out) }) },
    { title: 'build', lane: 1, run: async (out) => ({ build: await runBuild(out) }) },
    {
      title: 'simulation',
      lane: 1,
      run: async (out) => ({ simulation: await runSimulation(out) }),
    },
  ].filter((job) => suites.has(job.title));
  if (vitest.length === 0) return jobs;
  return [...jobs, { title: vitest.join(', '), lane: 3, run: (out) => runAfterBuild(vitest, out) }];
}

async function runAfterBuild(suites, output) {
  if (results.get('build').failed === 0) return runVitest(suites, output);
  output.write('not run, because the build failed\n');
  return Object.fromEntries(suites.map((suite) => [suite, { passed: 0, failed: 1 }]));
}

async function runInTurn(jobs) {
  for (const { title, section, run } of jobs) {
    const started = performance.now();
    section.write(`\n== ${title}\n`);
    const found = await run(section).catch((error) => {
      section.write(`${error.stack}\n`);
      return { [title]: { passed: 0, failed: 1 } };
    });
    const seconds = (performance.now() - started) / 1000;
    for (const [name, { passed, failed, leftOut = 0 }] of Object.entries(found)) {
      const empty = name !== 'build' && passed + failed === 0;
      if (empty) section.write(`${name} had no tests, which counts as failed\n`);
      results.set(name, { passed, failed: empty ? 1 : failed, leftOut, seconds });
    }
    section.write(`== ${title}: ${seconds.toFixed(1)} s\n`);
    section.end();
  }
}

function summarise() {
  const total = { passed: 0, failed: 0, leftOut: 0 };
  console.log('\nsuite           tests  failed   time');
  const inOrder = [...results].sort(([a], [b]) => suiteNames.indexOf(a) - suiteNames.indexOf(b));
  for (const [name, { passed, failed, leftOut = 0, seconds }] of inOrder) {
    const cells = [String(passed + failed).padStart(7), String(failed).padStart(7)];
    console.log(`${name.padEnd(14)}${cells.join(' ')} ${seconds.toFixed(1).padStart(6)} s`);
    total.passed += passed;
    total.failed += failed;
    total.leftOut += leftOut;
  }
  if (total.leftOut > 0) {
    const names = process.env.OPENLINE_WITHOUT_BROWSERS;
    console.log(`left out: ${total.leftOut} tests, by OPENLINE_WITHOUT_BROWSERS=${names}`);
  }
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`${total.passed} passed, ${total.failed} failed`);
}

await main();
