// Builds and runs the comparison of the core's JSON code with JSON.parse (tests/fuzz/differential).
import { findEmscripten } from './findEmscripten.js';
import { runStep } from './runStep.js';

const minuteMs = 60_000;
const tests = '../../tests/fuzz/differential/json.js'; // which the package does not have
const preset = 'wasm-differential';
const batchesOfStep = 500; // between two lines that say how far it is

/** @returns {Promise<string | undefined>} the problem, if there is one */
export async function buildJsonDifferential(output, environment = {}) {
  const steps = [
    ['cmake', '--preset', preset],
    ['cmake', '--build', '--preset', preset],
  ];
  for (const command of steps) {
    const { problem } = await runStep({
      command,
      output,
      environment: { OPENLINE_EMSCRIPTEN: findEmscripten(), ...environment },
      timeoutMs: 15 * minuteMs,
    });
    if (problem) return problem;
  }
  return undefined;
}

/**
 * @param {{ cases: number, first?: number, print?: (line: string) => void }} options
 * @returns {Promise<{ problem?: string, summary: string }>}
 */
export async function runJsonDifferential({ cases, first = 1, print = () => undefined }) {
  const { batchSize, compareBatches, loadJudge } = await import(tests);
  const judge = await loadJudge(`build/${preset}/json_differential.wasm`);
  const total = { cases: 0, good: 0, found: 0, named: 0 };
  const batches = Math.ceil(cases / batchSize);
  for (let done = 0; done < batches; done += batchesOfStep) {
    const count = Math.min(batchesOfStep, batches - done);
    const { differences, ...counts } = compareBatches(judge, first + done, count);
    for (const name of Object.keys(total)) total[name] += counts[name];
    if (differences.length > 0) {
      const problem = `${differences.length} differences from JSON.parse`;
      return { problem, summary: `${differences.join('\n')}\n${problem}` };
    }
    print(summaryOf(total));
  }
  const isEmpty = Object.values(total).some((count) => count === 0);
  const problem = isEmpty ? 'something was never met' : undefined;
  return { problem, summary: `${problem ?? 'no difference from JSON.parse'}: ${summaryOf(total)}` };
}

function summaryOf({ cases, good, found, named }) {
  const [all, texts, values, numbers] = [cases, good, found, named].map((n) =>
    n.toLocaleString('en'),
  );
  return `${all} texts, ${texts} of them JSON, ${values} values found, ${numbers} numbers named`;
}
