// Runs seeds in the simulation's wasm module, or in what the build makes of a module for pages that
// may not run WebAssembly, and prints their hashes as the native program does.
// Run: node tests/simulation/wasm.js A..B [script]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scriptOf } from '../../scripts/lib/scriptCore.js';

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
  return hashesOf(exports, first, last);
}

/** The same of the script, which is made here as the build makes that of the core. */
export async function hashesInScript(first, last) {
  const wasm = await WebAssembly.compile(readFileSync(module));
  const file = new URL('simulation.mjs', module);
  writeFileSync(file, scriptOf(fileURLToPath(module)));
  const { default: instantiate } = await import(`${file}?${Date.now()}`);
  const imports = Object.assign({}, ...Object.values(surroundings(wasm)));
  const abort = () => {
    throw new Error('unreachable');
  };
  return hashesOf(instantiate({ ...imports, abort }), first, last);
}

function hashesOf(exports, first, last) {
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
  const hashes = process.argv[3] === 'script' ? hashesInScript : hashesInWasm;
  console.log((await hashes(first, last ?? first)).join('\n'));
}
