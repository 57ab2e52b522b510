// Runs the libFuzzer targets of tests/fuzz under the sanitizers, one after the other. Exits with 1
// if one of them found something, and says how to see it again.
// Run: node scripts/fuzz.js [--seconds N] [--keep] [TARGET]...
// --seconds  for each target, 60 unless told
// --keep     then put what is worth keeping into tests/fuzz/corpus
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildFuzzTargets, fuzzTargets, keepCorpus, runFuzzTarget } from './lib/fuzzing.js';
import { stopStepsOnSignals } from './lib/runStep.js';

async function main() {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const { targets, seconds, keep } = readArguments();
  stopStepsOnSignals();
  const output = process.stdout;
  const problem = await buildFuzzTargets(output);
  if (problem) return fail(problem);
  for (const target of targets) {
    console.log(`${target}: ${seconds} s`);
    const { problem, summary } = await runFuzzTarget(target, { seconds, output });
    if (problem) {
      fail(summary);
      continue;
    }
    console.log(summary);
    const mergeProblem = keep && (await keepCorpus(target, output));
    if (mergeProblem) fail(mergeProblem);
  }
}

function readArguments() {
  const options = {
    seconds: { type: 'string', default: '60' },
    keep: { type: 'boolean', default: false },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const known = fuzzTargets();
  const unknown = positionals.filter((name) => !known.includes(name));
  const seconds = Number(values.seconds);
  if (unknown.length > 0 || !(seconds >= 1)) {
    const mistake = unknown.length > 0 ? `unknown target: ${unknown}` : 'no number of seconds';
    console.error(`${mistake}. There are: ${known.join(', ')}; --seconds is 1 or more`);
    process.exit(2);
  }
  return { targets: positionals.length > 0 ? positionals : known, seconds, keep: values.keep };
}

function fail(problem) {
  console.error(problem);
  process.exitCode = 1;
}

await main();
