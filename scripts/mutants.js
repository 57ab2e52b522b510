// Does the simulation find faults? Each patch in the folder `mutants` of a world is a deliberate
// fault of the core, or of the server that talks to it. It is applied to a copy, its files are
// compiled and linked with the other objects of the release build, and it must violate an invariant
// within 1,000 seeds, of which the original violates none.
// Run: node scripts/mutants.js [name]…, after the build of native-release (npm run mutants has it).
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildCommands, buildFolder, runSeeds, worlds } from './lib/simulation.js';

const execute = promisify(execFile);
const work = 'build/mutants';
const seeds = { first: 1, last: 1_000, timeoutMs: 60_000 }; // a mutant that hangs is killed, too
const atOnce = 2;

/**
 * Tries every mutant, or those that are named.
 * @param {{ names?: string[], print: (line: string) => void }} options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runMutants({ names = [], print }) {
  rmSync(work, { recursive: true, force: true });
  const counts = { passed: 0, failed: 0 };
  for (const world of Object.values(worlds)) {
    const waiting = mutantsOf(world).filter((name) => names.length === 0 || names.includes(name));
    if (waiting.length === 0) continue;
    const { passed, failed } = await runMutantsOf(world, { waiting, print });
    counts.passed += passed;
    counts.failed += failed;
  }
  return counts;
}

function mutantsOf({ mutants }) {
  return readdirSync(mutants)
    .filter((file) => file.endsWith('.patch'))
    .map((file) => basename(file, '.patch'))
    .sort();
}

async function runMutantsOf(world, { waiting, print }) {
  const problem = await problemOfOriginal(world);
  if (problem) {
    print(`the original of ${world.name}: FAILED: ${problem}`);
    return { passed: 0, failed: waiting.length };
  }
  const link = linkCommand(world);
  const results = new Map();
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const trial = tryMutant(world, { name, link });
      results.set(name, await trial.catch((error) => ({ problem: said(error) })));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const counts = { passed: 0, failed: 0 };
  for (const [name, result] of [...results].sort()) {
    counts[result.killed ? 'passed' : 'failed'] += 1;
    print(`${name.padEnd(28)} ${result.killed ?? `FAILED: ${result.problem}`}`);
  }
  return counts;
}

async function tryMutant(world, { name, link }) {
  const folder = join(work, world.target, name);
  const patch = join(world.mutants, `${name}.patch`);
  const named = readFileSync(patch, 'utf8').matchAll(/^\+\+\+ b\/(\S+)$/gm);
  const sources = [...named].map((match) => match[1]);
  if (sources.length === 0) return { problem: 'the patch names no file' };
  for (const source of sources) {
    mkdirSync(dirname(join(folder, source)), { recursive: true });
    cpSync(source, join(folder, source));
  }
  // Within a repository git finds paths from its top, so the copy is named from there.
  await execute('git', ['apply', '--whitespace=nowarn', `--directory=${folder}`, patch]);
  const objects = [];
  for (const [i, source] of sources.entries()) {
    const object = resolve(folder, `mutant${i}.o`);
    await shell(compileCommand(source, resolve(folder, source), object));
    objects.push(object);
  }
  const executable = resolve(folder, world.target);
  await shell(
    link
      .replace(` -o ${world.target} `, ` -o ${executable} `)
      .replace('.o ', `.o ${objects.join(' ')} `),
  );
  const run = await runSeeds({ ...seeds, executable });
  const killed = killerOf(run);
  return killed ? { killed } : { problem: run.problem ?? `not found within ${seeds.last} seeds` };
}

/** What is found in the original would be found in every mutant, and prove nothing. */
async function problemOfOriginal({ program }) {
  const run = await runSeeds({ ...seeds, executable: program });
  return killerOf(run) ?? run.problem;
}

/** What found the mutant; a program that could not run, or crashed by itself, found nothing. */
export function killerOf({ violation, problem, endedBy }) {
  if (violation) {
    const { invariant, seed, seeds: range } = violation;
    return range ? `${invariant}, seeds ${range}` : `${invariant}, seed ${seed}`;
  }
  return endedBy === 'time' || endedBy === 'SIGABRT' ? problem : undefined;
}

/** That of the original, for another source and object; optimising takes longer than it saves. */
function compileCommand(source, from, to) {
  const commands = JSON.parse(readFileSync(join(buildFolder, 'compile_commands.json'), 'utf8'));
  const found = commands.find(({ file }) => file === resolve(source));
  if (!found) throw new Error(`${source} is not compiled by ${buildFolder}`);
  return found.command
    .replace(/ -o \S+ -c \S+$/, ` -o ${to} -c ${from}`)
    .replace(/ -O2 /, ' -O0 ')
    .replace(/ -Werror /, ' -w ');
}

/** How the program is linked. An object that is named comes before the same one of a library. */
function linkCommand({ target }) {
  const args = ['-C', buildFolder, '-t', 'commands', target];
  return execFileSync('ninja', args, { encoding: 'utf8' }).trim().split('\n').pop();
}

function shell(command) {
  return execute('sh', ['-c', command], { cwd: buildFolder });
}

function said(error) {
  return (error.stderr || error.message).trim().split('\n').slice(0, 4).join('; ');
}

async function main(names) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  for (const [command, ...args] of buildCommands) {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const { passed, failed } = await runMutants({ names, print: console.log });
  console.log(`${passed} of ${passed + failed} mutants were found`);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (import.meta.filename === process.argv[1]) await main(process.argv.slice(2));
