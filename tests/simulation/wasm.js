// Runs seeds in the simulation's wasm module and prints their hashes as the native program does.
// Run: node tests/simulation/wasm.js A..B
import { readFileSync } from 'node:fs';

const module = new URL(
  '../../build/wasm-simulation/tests/simulation/simulation.wasm',
  import.meta.url,
);

/** What the module may ask its surroundings for: it prints nothing and reads nothing. */
function surroundings(wasm) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(wasm)) {
    if (kind !== 'function') throw new Error(`the module wants ${from}.${name}, a ${kind}`);
    imports[from] ??= {};
    imports[from][name] = () => 0;
  }
  return imports;
}

/**
 * @param {number} first
 * @param {number} last
 * @returns {Promise<string[]>} one line for each seed, `hash SEED HEX`
 */
export async function hashesInWasm(first, last) {
  const wasm = await WebAssembly.compile(readFileSync(module));
  const { exports } = await WebAssembly.instantiate(wasm, surroundings(wasm));
  exports._initialize?.();
  const lines = [];
  for (let seed = first; seed <= last; seed += 1) {
    const isViolated = exports.run_seed(seed) !== 0;
    const halves = [exports.hash_high(), exports.hash_low()];
    const hex = halves.map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
    lines.push(`hash ${seed} ${hex}${isViolated ? ' violated' : ''}`);
  }
  return lines;
}

if (import.meta.filename === process.argv[1]) {
  const [first, last] = process.argv[2].split('..').map(Number);
  console.log((await hashesInWasm(first, last ?? first)).join('\n'));
}
