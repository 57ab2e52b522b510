// Tries what may happen to a line, at random, and checks what the client promises of it
// (tests/js/property), longer than `npm test` does. A failure is printed with the seed and the path
// that show it again; its counterexample belongs into tests/support/property/regressions.ts.
// Run: npm run property -- [--runs N] [--seed N] [--path PATH]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SEED_MAX = 2 ** 31 - 1;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * SEED_MAX)) },
    path: { type: 'string' },
  },
});
for (const name of ['runs', 'seed']) {
  if (/^\d+$/.test(values[name])) continue;
  console.error(`--${name} must be a whole number, not ${values[name]}`);
  process.exit(2);
}

const began = performance.now();
const environment = { PROPERTY_RUNS: values.runs, PROPERTY_SEED: values.seed };
if (values.path !== undefined) environment.PROPERTY_PATH = values.path;
console.log(`${values.runs} runs, seed ${values.seed}`);
const command = ['vitest', 'run', '--project', 'unit', 'tests/js/property'];
const { status } = spawnSync('npx', command, {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, ...environment },
  stdio: 'inherit',
});
console.log(`${Math.round((performance.now() - began) / 1_000)} s`);
process.exit(status ?? 1);
