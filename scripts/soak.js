// Runs the real server and the real client through faults of the network, longer than `npm test`
// does (tests/e2e/openline1). A failure is printed with the seed of its faults and with its story.
// Run: npm run soak -- [--seconds N] [--seed N]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SEED_MAX = 2 ** 31 - 1;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * SEED_MAX)) },
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

console.log(`${values.seconds} s, seed ${values.seed}`);
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'e2e', 'tests/e2e/openline1/faultProxy.test.ts'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, SOAK_SECONDS: values.seconds, SOAK_SEED: values.seed },
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
