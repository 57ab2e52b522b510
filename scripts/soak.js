// Runs the real server and the real client longer than `npm test` does (tests/e2e): through faults
// of the network, from loaders to lines, with a flood that a page shows for so many seconds, or
// with so many messages through every kind of state, whose memory is watched; or mounts so many
// lines in a page and looks for what they leave behind. A failure among faults is printed with
// their seed and with its story.
// Run: npm run soak -- [--seconds N] [--seed N], or --loads, --flood, --messages or --mounts N
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SEED_MAX = 2 ** 31 - 1;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * SEED_MAX)) },
    loads: { type: 'string' },
    flood: { type: 'string' },
    messages: { type: 'string' },
    mounts: { type: 'string' },
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

const { test, environment } = asked();
console.log(JSON.stringify(environment));
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'e2e*', `tests/e2e/${test}`], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, ...environment },
  stdio: 'inherit',
});
process.exit(status ?? 1);

function asked() {
  if (values.loads !== undefined) return loads(values);
  if (values.flood !== undefined) return flood(values);
  if (values.messages !== undefined) return messages(values);
  if (values.mounts !== undefined) return mounts(values);
  return faults(values);
}

function faults({ seconds, seed }) {
  const environment = { SOAK_SECONDS: seconds, SOAK_SEED: seed };
  return { test: 'openline1/faultProxy.test.ts', environment };
}

/** So many from Node, and one in Chromium for each fifty of them. */
function loads({ loads: count }) {
  const pages = String(Math.ceil(Number(count) / 50));
  const environment = { SOAK_LOADS: count, SOAK_PAGE_LOADS: pages };
  return { test: 'openline1/snapshot.test.ts', environment };
}

function flood({ flood: seconds }) {
  return { test: 'live/flood.test.ts', environment: { SOAK_FLOOD_SECONDS: seconds } };
}

function messages({ messages: count }) {
  return { test: 'live/memory.test.ts', environment: { SOAK_MESSAGES: count } };
}

function mounts({ mounts: count }) {
  return { test: 'browsers/churn.test.ts', environment: { SOAK_MOUNTS: count } };
}
