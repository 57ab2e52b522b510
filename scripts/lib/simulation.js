// The programs of the simulation (tests/simulation): builds them, runs them, reads what they say.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const buildFolder = 'build/native-release';

/** What is simulated: a line alone, and both ends of openline.1. */
export const worlds = {
  plain: worldOf('plain', 'simulation', 'tests/simulation'),
  'openline.1': worldOf('openline.1', 'conversation', 'tests/simulation/openline1'),
};

function worldOf(name, target, folder) {
  return {
    name,
    target,
    program: `${buildFolder}/${target}`,
    regressions: `${folder}/regressions.txt`,
    mutants: `${folder}/mutants`,
  };
}

/** What to run, in order, to have the programs and the herd. */
export const buildCommands = [
  ['cmake', '--preset', 'native-release'],
  ['cmake', '--build', '--preset', 'native-release'],
];

/** How to see a violation again; one that only many seeds together show has no trace. */
export function replayCommand({ seed, seeds }, world = worlds.plain) {
  const which = world === worlds.plain ? '' : `--world ${world.name} `;
  return `npm run simulate -- ${which}${seeds ? `--seeds ${seeds}` : `--seed ${seed} --trace`}`;
}

/** Seeds that found something once, each with its reason, in the order of the file. */
export function readRegressions(world = worlds.plain) {
  return readFileSync(world.regressions, 'utf8')
    .split('\n')
    .map((line) => /^(\d+)\s+(\S.*)$/.exec(line))
    .filter(Boolean)
    .map(([, seed, reason]) => ({ seed: Number(seed), reason }));
}

/** Changes with whatever may change a run. */
export function sourcesHash() {
  const hash = createHash('sha256');
  for (const folder of ['wasm/openline', 'tests/simulation']) {
    const names = readdirSync(folder, { recursive: true }).filter((name) =>
      /\.(cpp|hpp)$/.test(name),
    );
    for (const name of names.sort()) {
      hash.update(`${folder}/${name}\0`).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Runs the seeds `first` to `last` in one process. Never rejects.
 * @returns {Promise<ReturnType<typeof readRun> & { problem?: string, endedBy?: string }>} `problem`
 *   is a failure that is no violation; `endedBy` says what ended the program, 'time' or a signal
 */
export function runSeeds({
  first,
  last,
  flags = [],
  executable = worlds.plain.program,
  timeoutMs = 600_000,
}) {
  return new Promise((resolve) => {
    const child = spawn(executable, ['--seeds', `${first}..${last}`, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
    }
    const settle = (problem, endedBy) => {
      clearTimeout(timer);
      resolve({ ...readRun(text), ...(problem ? { problem, endedBy } : {}) });
    };
    child.on('error', (error) => settle(`${executable} could not be started: ${error.message}`));
    child.on('close', (code, signal) => {
      if (timedOut) settle(`stopped after ${timeoutMs / 1000} s`, 'time');
      else if (signal) settle(`ended by ${signal}`, signal);
      else settle(problemOfExit(code, text));
    });
  });
}

function problemOfExit(code, text) {
  if (code !== 0 && code !== 1) return `ended by exit code ${code}`;
  const { violation, events } = readRun(text);
  if (code === 1) return violation ? undefined : 'exit code 1';
  return events > 0 ? undefined : 'it ran nothing';
}

/** What the program prints, line by line: `hash`, `violation`, `events` and `met`. */
export function readRun(text) {
  const run = { events: 0, hashes: [], met: new Map(), violation: null };
  for (const line of text.split('\n')) {
    const [word, ...rest] = line.split(' ');
    if (word === 'hash') run.hashes.push(line);
    else if (word === 'events') run.events = Number(rest[0]);
    else if (word === 'met') run.met.set(rest.slice(1).join(' '), Number(rest[0]));
    else if (word === 'violation') {
      run.violation = readViolation(line) ?? run.violation;
    }
  }
  return run;
}

/** That of a seed, or of many together, `1..1000`, whose last one stands for them. */
function readViolation(line) {
  const [, invariant, seeds, what] = /^violation (\S+) seeds? (\S+): (.*)$/.exec(line) ?? [];
  if (!invariant) return null;
  const isOne = !seeds.includes('..');
  const seed = Number(seeds.split('..').at(-1));
  return { invariant, seed, what, ...(isOne ? {} : { seeds }) };
}

/** Adds the coverage of one run to that of others. */
export function addMet(total, met) {
  for (const [name, count] of met) total.set(name, (total.get(name) ?? 0) + count);
  return total;
}

/** What a full run has to meet and did not. */
export function missing(met) {
  return [...met].filter(([, count]) => count === 0).map(([name]) => name);
}
