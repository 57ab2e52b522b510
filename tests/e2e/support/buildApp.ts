import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { readmePlugin } from './readmeExample.js';

export type Mode = 'development' | 'production';
export type ReactVersion = 18 | 19;
/** Contents by path on the server. */
export type Files = ReadonlyMap<string, Uint8Array>;

const root = fileURLToPath(new URL('../../../', import.meta.url));

// The pages import the sources, so that their types are checked before anything is built; what runs
// is the package as an app gets it, found through `exports`.
const asInstalled: Plugin = {
  name: 'as-installed',
  setup(builder) {
    const filter = /\/js\/src\/((react\/)?index|websocket)\.js$/;
    builder.onResolve({ filter }, ({ path, kind }) => {
      const entry = /react|websocket/.exec(path)?.[0];
      const name = entry === undefined ? 'openline' : `openline/${entry}`;
      return builder.resolve(name, { kind, resolveDir: root });
    });
  },
};

/** React 18 is installed under names of its own. */
const alias = { react: 'react-18', 'react-dom': 'react-dom-18' };

/**
 * An app of `tests/e2e/pages`, bundled as apps are: split, and minified for production. With a
 * version of React it is at `/<mode>-<version>`.
 */
export async function buildApp(mode: Mode, page = 'app.tsx', react?: ReactVersion): Promise<Files> {
  const { outputFiles } = await build({
    entryPoints: { app: join(root, 'tests/e2e/pages', page) },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    jsx: 'automatic',
    jsxDev: mode === 'development',
    minify: mode === 'production',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    plugins: [asInstalled, readmePlugin],
    alias: react === 18 ? alias : {},
    chunkNames: '[name]-[hash]',
    outdir: react === undefined ? `/${mode}` : `/${mode}-${react}`,
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map((file) => [file.path, file.contents]));
}
