// Runs the real server and the real client longer than `npm test` does (tests/e2e/openline1):
// through faults of the network, or from loaders to lines. A failure among faults is printed with
// their seed and with its story.
// Run: npm run soak -- [--seconds N] [--seed N], or npm run soak -- --loads N
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SEED_MAX = 2 ** 31 - 1;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * SEED_MAX)) },
    loads: { type: 'string' },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^\d+$/.test(value)) continue;
  console.error(`--${name} must be a whole number, not ${value}`);
  process.exit(2);
}
if (Number(values.seconds) < 40) {
  console.error('--seconds must be 40 at least, so that every kind of fault has its turn');
  process.exit(2);
}

const { test, environment } = values.loads === undefined ? faults(values) : loads(values);
console.log(JSON.stringify(environment));
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'e2e', `tests/e2e/openline1/${test}`],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);

function faults({ seconds, seed }) {
  return { test: 'faultProxy.test.ts', environment: { SOAK_SECONDS: seconds, SOAK_SEED: seed } };
}

/** So many from Node, and one in Chromium for each fifty of them. */
function loads({ loads: count }) {
  const pages = String(Math.ceil(Number(count) / 50));
  return { test: 'snapshot.test.ts', environment: { SOAK_LOADS: count, SOAK_PAGE_LOADS: pages } };
}
