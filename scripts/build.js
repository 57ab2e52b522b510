// Builds what npm ships: dist/. The wasm module first (CMake, Emscripten), then the TypeScript,
// then the size table, which fails on a budget. Steps whose inputs have not changed cost next to
// nothing.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { findEmscripten } from './lib/findEmscripten.js';
import { run } from './lib/run.js';
import { checkSizes } from './sizes.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'build/wasm');
const core = join(root, 'dist/core');

function buildWasm() {
  const env = { ...process.env, OPENLINE_EMSCRIPTEN: findEmscripten() };
  if (!existsSync(join(built, 'build.ninja'))) run('cmake', ['--preset', 'wasm'], { env });
  run('cmake', ['--build', '--preset', 'wasm'], { env });
}

/** The glue minified further, the module as it is, and the module packed as a JavaScript module. */
function packWasm() {
  mkdirSync(core, { recursive: true });
  const [glue, wasm] = [join(built, 'glue.mjs'), join(built, 'glue.wasm')];
  const targets = ['glue.js', 'core.wasm', 'wasm-bytes.js'].map((name) => join(core, name));
  const newest = Math.max(statSync(glue).mtimeMs, statSync(wasm).mtimeMs);
  if (targets.every((path) => existsSync(path) && statSync(path).mtimeMs >= newest)) return;

  const settings = { minify: true, format: 'esm', target: 'es2022' };
  writeFileSync(targets[0], transformSync(readFileSync(glue, 'utf8'), settings).code);
  copyFileSync(wasm, targets[1]);
  const packed = gzipSync(readFileSync(wasm), { level: 9 }).toString('base64');
  writeFileSync(targets[2], `export default '${packed}';\n`);
}

buildWasm();
packWasm();
run('npx', ['tsc', '-p', 'tsconfig.build.json']);
for (const name of ['glue.d.ts', 'wasm-bytes.d.ts']) {
  copyFileSync(join(root, 'js/src/core', name), join(core, name));
}
await checkSizes(root);
