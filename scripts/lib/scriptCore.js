// The core for pages that may not run WebAssembly: what Binaryen's wasm2js makes of a module.
//
// It is made of the very module that is shipped, so that both are one compilation and share the
// glue: names of imports and exports, which Emscripten shortens, are the same. (Linking anew with
// -sWASM=0 would bring a second glue.) It is plain JavaScript and needs no eval.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { minifySync } from 'vite';
import { findEmscripten } from './findEmscripten.js';

const BYTES_MAX = 64 * 1024 * 1024; // of a script before it is minified; the core's has 0.6 MB

// What the compiler may use: -mbulk-memory, and what later ones take for granted.
const FEATURES = ['bulk-memory', 'mutable-globals', 'sign-ext', 'nontrapping-float-to-int'];

/** The text of an ES module whose default export is a ScriptCore (js/src/core/scriptCore.ts). */
export function scriptOf(wasmFile) {
  const enabled = FEATURES.map((name) => `--enable-${name}`);
  const { status, error, stdout, stderr } = spawnSync(
    findWasm2js(),
    ['-Oz', '--emscripten', ...enabled, wasmFile],
    { encoding: 'utf8', maxBuffer: BYTES_MAX },
  );
  if (error || status !== 0) {
    throw new Error(`openline: wasm2js failed on ${wasmFile}: ${error?.message ?? stderr}`);
  }
  return asModule(stdout);
}

/** `function instantiate(imports) {…}`, exported and minified. */
export function asModule(script) {
  const source = `${script}\nexport default instantiate;\n`;
  const { code, errors } = minifySync('script.js', source, {
    module: true,
    compress: { target: 'es2022' },
    mangle: { toplevel: true },
  });
  if (errors.length > 0) {
    throw new Error(`openline: the script of the core is no module: ${errors[0].message}`);
  }
  return code;
}

/** It comes with Emscripten, which knows where its Binaryen is. */
function findWasm2js() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && existsSync(join(folder, 'wasm2js'))) return join(folder, 'wasm2js');
  }
  const emscripten = findEmscripten();
  const { stdout } = spawnSync(join(emscripten, 'em-config'), ['BINARYEN_ROOT'], {
    encoding: 'utf8',
  });
  const folders = [stdout?.trim(), dirname(emscripten)].filter(Boolean);
  const found = folders.map((folder) => join(folder, 'bin/wasm2js')).find(existsSync);
  if (found === undefined) {
    throw new Error('openline: no wasm2js on PATH or beside Emscripten; it belongs to Binaryen.');
  }
  return found;
}
