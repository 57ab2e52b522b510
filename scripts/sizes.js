// What openline costs over the wire, measured as an application pays for it: a real bundle of an
// app that imports useWebSocket (React left out), and the chunks that it loads lazily; and the same
// of apps that use lines with streams, or ResilientWebSocket alone, instead.

import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const APP = "export { useWebSocket } from './dist/react/index.js';";
const LINE_APP = `
  export { defineLine, messages } from './dist/index.js';
  export { useLine, useMessages } from './dist/react/index.js';`;
export const SOCKET_APP = "export { ResilientWebSocket } from './dist/websocket.js';";

/** Prints the table; ends the process with 1 when something is over the budget. */
export async function checkSizes(root) {
  const budget = JSON.parse(readFileSync(join(root, 'scripts/size-budget.json'), 'utf8'));
  const { app, lazy, lazyScript } = await bundles(root);
  const { app: lineApp, lazyWithDocuments } = await bundles(root, LINE_APP);
  const { app: socketApp } = await bundles(root, SOCKET_APP);
  const built = (name) => [readFileSync(join(root, 'dist/core', name))];
  const rows = [
    ['app bundle', sizesOf([app])],
    ['app with useLine', sizesOf([lineApp])],
    ['ResilientWebSocket', sizesOf([socketApp])],
    ['lazy chunks', sizesOf(lazy)],
    ['total over the wire', sizesOf([app, ...lazy])],
    ['with documents', sizesOf([lineApp, ...lazyWithDocuments])],
    ['where no wasm may run', sizesOf([app, ...lazyScript])],
    ['(core.wasm alone)', sizesOf(built('core.wasm'))],
    ['(the same, documents)', sizesOf(built('core-documents.wasm'))],
    ['(glue alone)', sizesOf(built('glue.js'))],
  ];
  console.log(table(rows));
  const faults = [
    ['app bundle', sizesOf([app]).gzip, budget.appGzipMax],
    ['app with useLine', sizesOf([lineApp]).gzip, budget.lineAppGzipMax],
    ['ResilientWebSocket', sizesOf([socketApp]).gzip, budget.socketAppGzipMax],
    ['total over the wire', sizesOf([app, ...lazy]).gzip, budget.totalGzipMax],
    ['with documents', sizesOf([lineApp, ...lazyWithDocuments]).gzip, budget.documentsGzipMax],
    ['where no wasm may run', sizesOf([app, ...lazyScript]).gzip, budget.scriptGzipMax],
  ].filter(([, size, max]) => size > max);
  for (const [name, size, max] of faults) {
    console.error(`openline: ${name} is ${size} bytes of gzip; the budget is ${max}.`);
  }
  if (faults.length > 0) process.exit(1);
}

/** The chunks with the core, of which a page loads one. */
const CORES = ['wasm-bytes-', 'wasm-documents-bytes-', 'core-script-', 'core-documents-script-'];

/**
 * The contents of the entry chunk of `contents` and of what it imports lazily with one of the
 * cores: in `lazy` the module, in `lazyWithDocuments` the one with documents, in `lazyScript` the
 * script for pages that may not run WebAssembly.
 */
export async function bundles(folder, contents = APP) {
  const root = resolve(folder); // without a slash at its end: paths are cut off behind it
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external: ['react', 'react/*'],
    outdir: 'out',
    write: false,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'error',
  });
  const files = new Map(
    outputFiles.map((file) => [file.path.slice(root.length + 1), Buffer.from(file.contents)]),
  );
  const isEntry = (path) => metafile.outputs[path]?.entryPoint === '<stdin>';
  const eager = new Set([...files.keys()].filter(isEntry));
  for (const path of eager) {
    for (const each of metafile.outputs[path].imports) {
      if (each.kind === 'import-statement' && !each.external) eager.add(each.path);
    }
  }
  const lazyWith = (core) =>
    [...files]
      .filter(([path]) => {
        const isCore = (name) => basename(path).startsWith(name);
        return !eager.has(path) && (isCore(core) || !CORES.some(isCore));
      })
      .map(([, content]) => content);
  return {
    app: Buffer.concat([...eager].map((path) => files.get(path))),
    lazy: lazyWith('wasm-bytes-'),
    lazyWithDocuments: lazyWith('wasm-documents-bytes-'),
    lazyScript: lazyWith('core-script-'),
  };
}

/** Bytes of these files, each compressed by itself as a server sends it. */
export function gzipOf(files) {
  return sumOf(files, (file) => gzipSync(file, { level: 9 }).length);
}

function sizesOf(files) {
  return {
    raw: sumOf(files, (file) => file.length),
    gzip: gzipOf(files),
    brotli: sumOf(files, (file) => brotliCompressSync(file).length),
  };
}

function sumOf(files, size) {
  return files.reduce((total, file) => total + size(file), 0);
}

function table(rows) {
  const line = (name, ...cells) =>
    name.padEnd(22) + cells.map((cell) => String(cell).padStart(10)).join('');
  const body = rows.map(([name, { raw, gzip, brotli }]) => line(name, raw, gzip, brotli));
  return [line('bytes', 'raw', 'gzip', 'brotli'), ...body].join('\n');
}
