// The simulation's program (tests/simulation/main.cpp): builds it, runs it, reads what it says.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const buildFolder = 'build/native-release';
export const program = `${buildFolder}/simulation`;
const regressions = 'tests/simulation/regressions.txt';

/** What to run, in order, to have the program and the herd. */
export const buildCommands = [
  ['cmake', '--preset', 'native-release'],
  ['cmake', '--build', '--preset', 'native-release'],
];

export function replayCommand(seed) {
  return `npm run simulate -- --seed ${seed} --trace`;
}

/** Seeds that found something once, each with its reason, in the order of the file. */
export function readRegressions() {
  return readFileSync(regressions, 'utf8')
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
 * @returns {Promise<ReturnType<typeof readRun> & { problem?: string }>} `problem` is a failure that
 *   is no violation
 */
export function runSeeds({ first, last, flags = [], executable = program, timeoutMs = 600_000 }) {
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
    const settle = (problem) => {
      clearTimeout(timer);
      resolve({ ...readRun(text), ...(problem ? { problem } : {}) });
    };
    child.on('error', (error) => settle(`${executable} could not be started: ${error.message}`));
    child.on('close', (code, signal) => {
      if (timedOut) settle(`stopped after ${timeoutMs / 1000} s`);
      else if (code !== 0 && code !== 1) settle(`ended by ${signal ?? `exit code ${code}`}`);
      else settle(code === 1 && !text.includes('violation') ? 'exit code 1' : undefined);
    });
  });
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
      const [, invariant, seed, what] = /^violation (\S+) seed (\d+): (.*)$/.exec(line) ?? [];
      run.violation = { invariant, seed: Number(seed), what };
    }
  }
  return run;
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
