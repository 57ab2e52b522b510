// Builds the libFuzzer targets of tests/fuzz and runs them: first on the kept corpus, then on what
// libFuzzer makes of it.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { runStep } from './runStep.js';

const kept = 'tests/fuzz/corpus';
const built = 'build/fuzz';
const minuteMs = 60_000;
const longestInput = { close_reason_fuzz: 256 };
// A long input is slow, and says no more than two short ones.
const keptInput = 200;
// How often a branch was taken tells states of a machine apart, and lengths of a text.
const countersMatter = ['connection_machine_fuzz'];

/** The names of the targets, which are those of their sources. */
export function fuzzTargets() {
  const sources = readdirSync('tests/fuzz').filter((name) => name.endsWith('_fuzz.cpp'));
  return sources.map((name) => name.slice(0, -'.cpp'.length)).sort();
}

/** @returns {Promise<string | undefined>} the problem, if there is one */
export async function buildFuzzTargets(output, environment = {}) {
  const steps = [
    [['cmake', '--preset', 'fuzz'], 3 * minuteMs],
    [['cmake', '--build', '--preset', 'fuzz'], 15 * minuteMs],
  ];
  for (const [command, timeoutMs] of steps) {
    const { problem } = await runStep({ command, output, environment, timeoutMs });
    if (problem) return problem;
  }
  return undefined;
}

/**
 * Runs one target for so many seconds. New inputs go to build/fuzz/corpus, beside the kept ones.
 * @returns {Promise<{ problem?: string, summary: string }>} a problem names the command that shows
 *   it again
 */
export async function runFuzzTarget(target, { seconds, output, environment = {} }) {
  const own = `${built}/corpus/${target}`;
  const crashes = `${built}/crashes/`;
  for (const folder of [own, crashes, `${kept}/${target}`]) mkdirSync(folder, { recursive: true });
  const log = collected();
  const { problem } = await runStep({
    command: [
      `${built}/${target}`,
      ...[`-max_total_time=${seconds}`, '-timeout=10', '-print_final_stats=1'],
      ...[`-max_len=${longestInput[target] ?? 1024}`, `-artifact_prefix=${crashes}`],
      ...[own, `${kept}/${target}`],
    ],
    output: log,
    environment,
    timeoutMs: seconds * 1000 + 5 * minuteMs,
  });
  if (problem === undefined) return { summary: `${target}: ${fuzzSummary(log.text)}` };
  output.write(log.text);
  const input = crashInput(log.text);
  const again = input ? `; again: ${built}/${target} ${input}` : '';
  return { problem, summary: `${target}: ${brokenRule(log.text) ?? problem}${again}` };
}

/**
 * Makes the kept corpus the smallest one that reaches what both reach.
 * @returns {Promise<string | undefined>} the problem, if there is one
 */
export async function keepCorpus(target, output) {
  const merged = `${built}/merged/${target}`;
  rmSync(merged, { recursive: true, force: true });
  mkdirSync(merged, { recursive: true });
  const { problem } = await runStep({
    command: [
      ...[`${built}/${target}`, '-set_cover_merge=1', `-max_len=${keptInput}`],
      ...[`-use_counters=${countersMatter.includes(target) ? 1 : 0}`],
      ...[merged, `${kept}/${target}`, `${built}/corpus/${target}`],
    ],
    output,
    timeoutMs: 30 * minuteMs,
  });
  if (problem) return problem;
  rmSync(`${kept}/${target}`, { recursive: true });
  cpSync(merged, `${kept}/${target}`, { recursive: true });
  return undefined;
}

/** What libFuzzer's log says of a run that ended well. */
export function fuzzSummary(log) {
  const number = (pattern) => Number(pattern.exec(log)?.[1] ?? Number.NaN);
  const runs = number(/^stat::number_of_executed_units:\s*(\d+)/m);
  const rate = number(/^stat::average_exec_per_sec:\s*(\d+)/m);
  const last = [...log.matchAll(/^#\d+\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)/gm)].at(-1) ?? [];
  const [, edges, features, inputs] = last;
  return (
    `${runs.toLocaleString('en')} runs, ${rate.toLocaleString('en')} a second, ` +
    `${edges} edges, ${features} features, ${inputs} inputs`
  );
}

/** What a target said when something did not hold (`require` in tests/fuzz/bytes.hpp). */
export function brokenRule(log) {
  return /^broken: .*$/m.exec(log)?.[0];
}

/** Where libFuzzer wrote the input that broke something. */
export function crashInput(log) {
  return /Test unit written to (\S+)/.exec(log)?.[1];
}

// A run prints a line for each new input, which nobody wants to read unless it failed.
function collected() {
  const longest = 60_000;
  return {
    text: '',
    write(text) {
      this.text = (this.text + text).slice(-longest);
    },
  };
}
