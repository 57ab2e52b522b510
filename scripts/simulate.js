// Runs the simulation, on all cores, and goes on where it was stopped.
// Run: npm run simulate -- --seeds N | --seeds A..B | --seed N [--world NAME] [--trace] [--hash]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  addMet,
  buildCommands,
  missing,
  replayCommand,
  runSeeds,
  sourcesHash,
  worlds,
} from './lib/simulation.js';

const folder = 'build/simulation';
const shard = 10_000; // seeds of one process
const violationsMax = 20; // enough to see what is wrong

async function main() {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const options = {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    world: { type: 'string', default: 'plain' },
    trace: { type: 'boolean', default: false },
    hash: { type: 'boolean', default: false },
  };
  const { values } = parseArgs({ options });
  const range = rangeOf(values);
  const world = worlds[values.world];
  if (!range || !world) {
    const flags = `[--world ${Object.keys(worlds).join('|')}] [--trace] [--hash]`;
    console.error(`use: npm run simulate -- --seeds N | --seeds A..B | --seed N ${flags}`);
    process.exit(2);
  }
  for (const [command, ...args] of buildCommands) {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  if (values.seed !== undefined || values.hash) {
    const flags = ['trace', 'hash'].filter((name) => values[name]).map((name) => `--${name}`);
    const args = ['--seeds', `${range.first}..${range.last}`, ...flags];
    process.exit(spawnSync(world.program, args, { stdio: 'inherit' }).status ?? 1);
  }
  await runShards(world, range);
}

function rangeOf({ seeds, seed }) {
  const [, first, last] = /^(\d+)(?:\.\.(\d+))?$/.exec(seeds ?? seed ?? '') ?? [];
  if (first === undefined) return null;
  if (seed !== undefined) return { first: Number(first), last: Number(first) };
  return last === undefined
    ? { first: 1, last: Number(first) }
    : { first: Number(first), last: Number(last) };
}

async function runShards(world, { first, last }) {
  const progress = openProgress(world, first, last);
  const done = new Set(progress.shards);
  const waiting = [];
  for (let from = first; from <= last; from += shard) {
    if (!done.has(from)) waiting.push(from);
  }
  if (done.size > 0) console.log(`${done.size} shards are done already`);
  const started = performance.now();
  const before = { seeds: progress.seeds, events: progress.events };
  const worker = async () => {
    for (let from = waiting.shift(); from !== undefined; from = waiting.shift()) {
      await runShard(progress, from, Math.min(from + shard - 1, last));
      if (progress.violations.length >= violationsMax) return;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  report(progress, before, (performance.now() - started) / 1000);
}

async function runShard(progress, first, last) {
  const { world } = progress;
  let from = first;
  while (from <= last) {
    const run = await runSeeds({
      first: from,
      last,
      flags: ['--coverage'],
      executable: world.program,
    });
    if (run.problem) throw new Error(`seeds ${from} to ${last}: ${run.problem}`);
    progress.events += run.events;
    addMet(progress.met, run.met);
    if (!run.violation) break;
    progress.violations.push(run.violation);
    const { invariant, seed, what } = run.violation;
    console.log(`${invariant}: ${what}; replay: ${replayCommand(run.violation, world)}`);
    from = seed + 1;
  }
  progress.seeds += last - first + 1;
  progress.shards.push(first);
  progress.save();
  console.log(`${progress.seeds} seeds, ${progress.violations.length} violations`);
}

/** What was done so far with these sources and this range; other sources begin anew. */
function openProgress(world, first, last) {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${world.target}-${first}-${last}.json`;
  const sources = sourcesHash();
  const fresh = { sources, seeds: 0, events: 0, shards: [], violations: [], met: [] };
  const stored = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : fresh;
  const { met, ...rest } = stored.sources === sources ? stored : fresh;
  const progress = { ...rest, met: new Map(met), world };
  progress.save = () =>
    writeFileSync(path, JSON.stringify({ ...progress, met: [...progress.met] }));
  progress.forget = () => rmSync(path, { force: true });
  return progress;
}

function report(progress, before, seconds) {
  for (const [name, count] of progress.met) console.log(`${String(count).padStart(12)} ${name}`);
  const rate = (count) => Math.round(count / seconds).toLocaleString('en');
  const seeds = progress.seeds - before.seeds;
  const events = progress.events - before.events;
  console.log(`${seeds} seeds and ${events} events in ${seconds.toFixed(0)} s`);
  console.log(`${rate(seeds)} seeds/s, ${rate(events)} events/s`);
  const empty = progress.seeds >= shard ? missing(progress.met) : [];
  if (empty.length > 0) console.log(`never met: ${empty.join(', ')}`);
  const violations = progress.violations.length;
  console.log(`sources ${progress.sources}: ${progress.seeds} seeds, ${violations} violations`);
  const isGood = violations === 0 && empty.length === 0;
  if (isGood) progress.forget();
  process.exitCode = isGood ? 0 : 1;
}

await main();
