/**
 * React without a bundler. React is published as CommonJS only, and a browser reads ES modules
 * only, so each of its five files is wrapped when it is asked for: `require` becomes imports,
 * `exports` becomes exports. This is for a demo; an app has a bundler that does the same.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Import specifier → the package it lies in, and the name of its file there. */
const modules = {
  react: ['react', 'react'],
  'react/jsx-runtime': ['react', 'react-jsx-runtime'],
  'react-dom': ['react-dom', 'react-dom'],
  'react-dom/client': ['react-dom', 'react-dom-client'],
  scheduler: ['scheduler', 'scheduler'],
};

/** `path` is '<build>/<specifier>.js'. Null when it names no module of ours. */
export async function readVendorModule(path) {
  const [, build, specifier] = /^(production|development)\/(.+)\.js$/.exec(path) ?? [];
  if (!specifier || !Object.hasOwn(modules, specifier)) return null;
  const [packageName, name] = modules[specifier];
  const file = join(directoryOf(packageName), 'cjs', `${name}.${build}.js`);
  // The names are asked of the module itself: guessing them from its text would be fragile.
  return wrap({ source: await readFile(file, 'utf8'), names: Object.keys(require(file)), build });
}

/** Scheduler is a dependency of react-dom and may lie in that package's own node_modules. */
function directoryOf(packageName) {
  const from = packageName === 'scheduler' ? createRequire(entryOf('react-dom')) : require;
  return dirname(from.resolve(`${packageName}/package.json`));
}

function entryOf(packageName) {
  return require.resolve(`${packageName}/package.json`);
}

function wrap({ source, names, build }) {
  const matches = Array.from(source.matchAll(/\brequire\("([\w/-]+)"\)/g), ([, id]) => id);
  const required = [...new Set(matches)];
  return [
    ...required.map((id, index) => `import required${index} from '${id}';`),
    `const required = { ${required.map((id, index) => `'${id}': required${index}`).join(', ')} };`,
    'const require = (id) => required[id];',
    // The development builds ask which build they are, and a browser has no `process`.
    `const process = { env: { NODE_ENV: '${build}' } };`,
    'const module = { exports: {} };',
    '(function (exports) {',
    source,
    '})(module.exports);',
    'export default module.exports;',
    `export const { ${names.join(', ')} } = module.exports;`,
    '',
  ].join('\n');
}
