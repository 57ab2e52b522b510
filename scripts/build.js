// Builds what npm ships: dist/. The wasm module first (CMake, Emscripten), then the TypeScript,
// then the size table, which fails on a budget. Steps whose inputs have not changed cost next to
// nothing.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { findEmscripten } from './lib/findEmscripten.js';
import { minifyGlue } from './lib/minifyGlue.js';
import { run } from './lib/run.js';
import { scriptOf } from './lib/scriptCore.js';
import { checkSizes } from './sizes.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'build/wasm');
const dist = join(root, 'dist');
const core = join(dist, 'core');

/** The modules of the wasm build: their folder there, and what they become. */
const MODULES = [
  { folder: '.', wasm: 'core.wasm', packed: 'wasm-bytes.js', script: 'core-script.js' },
  {
    folder: 'documents',
    wasm: 'core-documents.wasm',
    packed: 'wasm-documents-bytes.js',
    script: 'core-documents-script.js',
  },
];
/** Made from the wasm build, and declared by hand beside the sources. */
const SCRIPTS = ['glue.js', ...MODULES.flatMap(({ packed, script }) => [packed, script])];
const GENERATED = [...SCRIPTS, ...MODULES.map(({ wasm }) => wasm)];
const DECLARED = SCRIPTS.map((name) => name.replace('.js', '.d.ts'));

function buildWasm() {
  const env = { ...process.env, OPENLINE_EMSCRIPTEN: findEmscripten() };
  // Ninja sees changes of the CMake files by itself, those of the presets it does not.
  if (isOlder(join(built, 'build.ninja'), [join(root, 'CMakePresets.json')])) {
    run('cmake', ['--preset', 'wasm'], { env });
  }
  run('cmake', ['--build', '--preset', 'wasm'], { env });
}

/** The glue minified further, the modules as they are, packed as JavaScript, and as scripts. */
function packWasm() {
  mkdirSync(core, { recursive: true });
  packGlue(MODULES.map(({ folder }) => join(built, folder, 'glue.mjs')));
  for (const { folder, wasm, packed, script } of MODULES) {
    const source = join(built, folder, 'glue.wasm');
    const targets = [wasm, packed, script].map((name) => join(core, name));
    if (!targets.some((target) => isOlder(target, [source, maker('scriptCore')]))) continue;

    const bytes = readFileSync(source);
    const zipped = gzipSync(bytes, { level: 9 }).toString('base64');
    writeFileSync(targets[0], bytes);
    writeFileSync(targets[1], `export default '${zipped}';\n`);
    writeFileSync(targets[2], scriptOf(source));
  }
}

/** One for all modules: they must import and export the same, by the same shortened names. */
function packGlue(sources) {
  const target = join(core, 'glue.js');
  const [glue, ...others] = sources.map((source) => readFileSync(source, 'utf8'));
  if (others.some((other) => other !== glue)) {
    throw new Error('openline: the modules differ in their glue, which they share.');
  }
  if (!isOlder(target, [...sources, maker('minifyGlue')])) return;
  writeFileSync(target, minifyGlue(glue));
}

/** Apart, so that nothing of Node's is known to what runs in a browser, and the other way round. */
const PROJECTS = ['tsconfig.build.json', 'tsconfig.server.json'];

function compileTypeScript() {
  for (const project of PROJECTS) run('npx', ['tsc', '-p', project]);
  for (const name of DECLARED) copyFileSync(join(root, 'js/src/core', name), join(core, name));
}

/** What was made from a source that is gone must not be shipped. */
function removeStale() {
  const kept = new Set([
    '.tsbuildinfo',
    '.tsbuildinfo.server',
    ...[...GENERATED, ...DECLARED].map((name) => `core/${name}`),
  ]);
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = relative(dist, join(entry.parentPath, entry.name));
    const source = join(root, 'js/src', path.replace(/(\.d\.ts|\.js(\.map)?)$/, '.ts'));
    if (entry.isFile() && !kept.has(path) && !existsSync(source)) rmSync(join(dist, path));
  }
}

/** What is made is stale as well when its maker has changed. */
function maker(name) {
  return join(root, `scripts/lib/${name}.js`);
}

function isOlder(target, sources) {
  if (!existsSync(target)) return true;
  const { mtimeMs } = statSync(target);
  return sources.some((source) => statSync(source).mtimeMs > mtimeMs);
}

buildWasm();
packWasm();
compileTypeScript();
removeStale();
await checkSizes(root);
