// Compares the core's JSON code, in wasm, with JSON.parse on texts that seeds make. Exits with 1
// where they differ, and names the seed.
// Run: node scripts/fuzzJson.js [--cases N] [--first N]
// --cases  so many, 10,000,000 unless told; in thousands
// --first  the seed of the first thousand, 1 unless told
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildJsonDifferential, runJsonDifferential } from './lib/jsonDifferential.js';
import { stopStepsOnSignals } from './lib/runStep.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000000' },
    first: { type: 'string', default: '1' },
  },
});
const [cases, first] = [Number(values.cases), Number(values.first)];
if (!(cases >= 1) || !(first >= 0)) {
  console.error('--cases is 1 or more, --first 0 or more');
  process.exit(2);
}
stopStepsOnSignals();
const buildProblem = await buildJsonDifferential(process.stdout);
const { problem, summary } = buildProblem
  ? { problem: buildProblem, summary: buildProblem }
  : await runJsonDifferential({ cases, first, print: (line) => console.log(line) });
console.log(summary);
process.exitCode = problem ? 1 : 0;
