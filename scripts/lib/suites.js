// What `npm test` runs. A suite is a function of its section of the output; it returns { passed,
// failed }.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { readCatchReport } from './catchReport.js';
import { browsersLeftOut } from './findBrowsers.js';
import { findChromium } from './findChromium.js';
import { buildFuzzTargets, fuzzTargets, runFuzzTarget } from './fuzzing.js';
import { buildJsonDifferential, runJsonDifferential } from './jsonDifferential.js';
import { runStep } from './runStep.js';
import { readVitestReport } from './vitestReport.js';

const minuteMs = 60_000;
const reports = 'build/reports';
// The fast ones first, so that something is said within a second or two. The others are for lint.
const checks = ['tidy', 'biome', 'tsc'];

export async function runChecks(output) {
  const counts = { passed: 0, failed: 0 };
  for (const name of checks) {
    const command = ['node', 'scripts/lint.js', name];
    const { problem } = await runStep({ command, output, timeoutMs: 3 * minuteMs });
    output.write(`${name}: ${problem ?? 'ok'}\n`);
    counts[problem ? 'failed' : 'passed'] += 1;
  }
  return counts;
}

/** Configures and builds a CMake preset, then runs its Catch2 executable. */
export async function runNative(preset, output) {
  const report = `${reports}/${preset}.xml`;
  const environment = { ...sanitizerOptions(), ...buildOptions() };
  const steps = [
    [['cmake', '--preset', preset], 3 * minuteMs],
    [['cmake', '--build', '--preset', preset], 15 * minuteMs],
  ];
  for (const [command, timeoutMs] of steps) {
    const { problem } = await runStep({ command, output, environment, timeoutMs });
    if (problem) return couldNotRun(output, problem);
  }
  prepareReport(report);
  const { problem } = await runStep({
    command: [`build/${preset}/openline_tests`, '--reporter', 'xml', '--out', report],
    output,
    environment,
    timeoutMs: 10 * minuteMs,
  });
  const { failures, ...counts } = readCatchReport(readReport(report));
  output.write(failures);
  // Catch2 exits with a failure count, so a problem alone means nothing; without a failed case it
  // is a crash or a leak.
  if (problem && counts.failed === 0) {
    output.write(`${problem}, though no test case failed\n`);
    counts.failed += 1;
  }
  return counts;
}

/** Each libFuzzer target is one test: the kept corpus, then a few seconds of new inputs. */
export async function runFuzz(output) {
  const environment = { ...sanitizerOptions(), ...buildOptions() };
  const problem = await buildFuzzTargets(output, environment);
  if (problem) return couldNotRun(output, problem);
  const counts = { passed: 0, failed: 0 };
  for (const target of fuzzTargets()) {
    const options = { seconds: 10, output, environment };
    const { problem, summary } = await runFuzzTarget(target, options);
    output.write(`${summary}\n`);
    counts[problem ? 'failed' : 'passed'] += 1;
  }
  const differential = await compareJson(output);
  output.write(`json differential: ${differential.summary}\n`);
  counts[differential.problem ? 'failed' : 'passed'] += 1;
  return counts;
}

/** The short form of `npm run fuzz:json`. */
async function compareJson(output) {
  const problem = await buildJsonDifferential(output, buildOptions());
  return problem ? { problem, summary: problem } : runJsonDifferential({ cases: 200_000 });
}

/** The wasm modules and dist/. Its failure counts; its success is not a test. */
export async function runBuild(output) {
  const { problem } = await runStep({
    command: ['node', 'scripts/build.js'],
    output,
    environment: buildOptions(),
    timeoutMs: 15 * minuteMs,
  });
  return problem ? couldNotRun(output, problem) : { passed: 0, failed: 0 };
}

/**
 * The JavaScript tests: `js` is vitest's projects unit, script and react-18, `e2e` those that begin
 * so. Both asked for means everything that vitest.config.ts has, in one process.
 * @param {string[]} suites `js`, `e2e` or both
 * @returns {Promise<{ [suite: string]: { passed: number, failed: number, leftOut?: number } }>}
 */
export async function runVitest(suites, output) {
  const leftOut = browsersLeftOut();
  const report = `${reports}/vitest.json`;
  prepareReport(report);
  const chromium = findChromium();
  const projects = suites[0] === 'js' ? ['unit', 'script', 'react-18'] : ['e2e*'];
  const only = suites.length === 2 ? [] : projects.flatMap((name) => ['--project', name]);
  const { problem } = await runStep({
    command: [
      ...['node_modules/.bin/vitest', 'run', ...only],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    output,
    environment: chromium ? { OPENLINE_CHROMIUM: chromium.path } : {},
    timeoutMs: 20 * minuteMs,
  });
  const written = readReport(report);
  const counts = Object.fromEntries(suites.map((suite) => [suite, { passed: 0, failed: 0 }]));
  if (written !== '') {
    const found = readVitestReport(
      JSON.parse(written),
      (file) => (/[\\/]tests[\\/]e2e[\\/]/.test(file) ? 'e2e' : 'js'),
      (titles) => leftOut.some((browser) => titles.includes(`in ${browser}`)),
    );
    for (const [suite, { notes, ...numbers }] of found) {
      for (const note of notes) output.write(`${note}\n`);
      counts[suite] = numbers;
    }
  }
  if (problem && Object.values(counts).every(({ failed }) => failed === 0)) {
    output.write(`${problem}, though no test failed\n`);
    counts[suites[0]].failed += 1;
  }
  return counts;
}

function couldNotRun(output, problem) {
  output.write(`${problem}\n`);
  return { passed: 0, failed: 1 };
}

function prepareReport(path) {
  mkdirSync(reports, { recursive: true });
  rmSync(path, { force: true }); // or a crash would leave the last run's result to be read
}

function readReport(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

// Ninja would start cores + 2 compilers, in each of two builds that run side by side.
function buildOptions() {
  return { CMAKE_BUILD_PARALLEL_LEVEL: String(availableParallelism()) };
}

function sanitizerOptions() {
  // Debian has the symbolizer under a versioned name only, which the sanitizers do not look for.
  const asked = spawnSync('clang++', ['-print-prog-name=llvm-symbolizer'], { encoding: 'utf8' });
  const symbolizer = asked.stdout?.trim();
  return {
    ...(symbolizer?.startsWith('/') ? { ASAN_SYMBOLIZER_PATH: symbolizer } : {}),
    ASAN_OPTIONS: [
      'halt_on_error=1',
      'detect_leaks=1',
      'detect_stack_use_after_return=1',
      'strict_string_checks=1',
      'check_initialization_order=1',
    ].join(':'),
    UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
  };
}
