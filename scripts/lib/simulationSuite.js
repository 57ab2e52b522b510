// The suite `simulation` of `npm test`: in each world seeds that found something once and 10,000
// more; equal traces natively, in wasm and in JavaScript, the herd, and the mutants that the
// simulation must find.
import { availableParallelism } from 'node:os';
import { runMutants } from '../mutants.js';
import { findEmscripten } from './findEmscripten.js';
import { runStep } from './runStep.js';
import {
  addMet,
  buildCommands,
  buildFolder,
  missing,
  readRegressions,
  replayCommand,
  runSeeds,
  worlds,
} from './simulation.js';

const minuteMs = 60_000;
const seedCount = 10_000;
const comparedSeeds = 100;

/** Each seed of the list, the 10,000, their coverage, the comparison, the herd and each mutant. */
export async function runSimulation(output) {
  const counts = { passed: 0, failed: 0 };
  const count = (name, problem) => {
    counts[problem ? 'failed' : 'passed'] += 1;
    output.write(`${name}: ${problem ?? 'ok'}\n`);
  };
  for (const command of buildCommands) {
    const { problem } = await runStep({ command, output, timeoutMs: 15 * minuteMs });
    if (problem) {
      count('build', problem);
      return counts;
    }
  }
  for (const world of Object.values(worlds)) {
    for (const { seed, reason } of readRegressions(world)) {
      const run = await runSeeds({ first: seed, last: seed, executable: world.program });
      count(`${world.name}: seed ${seed} (${reason})`, problemOf(run, world));
    }
    await runManySeeds(world, count, output);
  }
  await compareWithWasm(count, output);
  const herd = await runStep({ command: [`${buildFolder}/herd`], output, timeoutMs: minuteMs });
  count('herd', herd.problem);
  const mutants = await runMutants({ print: (line) => output.write(`mutant ${line}\n`) });
  return { passed: counts.passed + mutants.passed, failed: counts.failed + mutants.failed };
}

async function runManySeeds(world, count, output) {
  const started = performance.now();
  const processes = Math.max(2, availableParallelism());
  const size = Math.ceil(seedCount / processes);
  const runs = await Promise.all(
    Array.from({ length: processes }, (_, i) =>
      runSeeds({
        first: i * size + 1,
        last: Math.min((i + 1) * size, seedCount),
        flags: ['--coverage'],
        executable: world.program,
      }),
    ),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const events = runs.reduce((total, run) => total + run.events, 0);
  output.write(`${world.name}: ${seedCount} seeds, ${events} events, ${seconds} s\n`);
  const problems = runs.map((run) => problemOf(run, world));
  count(`${world.name}: ${seedCount} seeds`, problems.find(Boolean));
  const met = runs.reduce((total, run) => addMet(total, run.met), new Map());
  for (const [name, times] of met) output.write(`${String(times).padStart(10)} ${name}\n`);
  const empty = missing(met);
  const isEmpty = met.size === 0 || empty.length > 0;
  count(
    `${world.name}: everything was met`,
    isEmpty ? `never met: ${empty.join(', ') || 'all'}` : undefined,
  );
}

function problemOf({ problem, violation }, world) {
  if (!violation) return problem;
  const { invariant, seed, what } = violation;
  return `${invariant}, seed ${seed}: ${what}; replay: ${replayCommand(violation, world)}`;
}

/** The build for wasm is made here: nothing else needs it. */
async function compareWithWasm(count, output) {
  const environment = { OPENLINE_EMSCRIPTEN: findEmscripten() };
  const preset = 'wasm-simulation';
  const steps = [
    ['cmake', '--preset', preset],
    ['cmake', '--build', '--preset', preset],
  ];
  for (const command of steps) {
    const { problem } = await runStep({ command, output, environment, timeoutMs: 15 * minuteMs });
    if (problem) return count(preset, problem);
  }
  const { hashesInScript, hashesInWasm } = await import('../../tests/simulation/wasm.js');
  const { hashes } = await runSeeds({ first: 1, last: comparedSeeds, flags: ['--hash'] });
  for (const [where, hashesThere] of [
    ['in wasm', hashesInWasm],
    ['in JavaScript', hashesInScript],
  ]) {
    const problem = differenceOf(hashes, await hashesThere(1, comparedSeeds));
    count(`${comparedSeeds} seeds natively and ${where}`, problem);
  }
}

function differenceOf(native, others) {
  if (native.length !== comparedSeeds) return 'not every seed has a hash';
  const different = native.find((line, i) => line !== others[i]);
  return different && `another trace: ${different}`;
}
