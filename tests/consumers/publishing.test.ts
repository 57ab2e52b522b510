import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { type Packed, packAndInstall, root } from './packed.js';

// What the tools of the field say about the package as it would be published.

const TIMEOUT_MS = 120_000;
let packed: Packed;

beforeAll(() => {
  packed = packAndInstall('publishing');
}, TIMEOUT_MS);

/** Runs a program of a devDependency; rejects with what it said when it is not content. */
const run = (name: string, ...given: string[]) =>
  promisify(execFile)(join(root, 'node_modules/.bin', name), given, { cwd: root });

it('publint finds nothing, warnings and suggestions included', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { stdout } = await run('publint', '--strict', packed.tarball);
  expect(stdout).toContain('All good!');
});

it('arethetypeswrong finds nothing, for a package of ES modules', {
  timeout: TIMEOUT_MS,
}, async () => {
  // No modules of JavaScript: where they lie is all that they are exported for.
  const files = ['core.wasm', 'core-documents.wasm'];
  const { stdout } = await run(
    'attw',
    ...[packed.tarball, '--profile', 'esm-only', '--format', 'json'],
    ...['--exclude-entrypoints', ...files],
  );
  const { analysis } = JSON.parse(stdout) as {
    analysis: { entrypoints: Record<string, unknown> };
  };
  const exported = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object }).exports,
  );
  const checked = exported.filter((name) => !name.endsWith('.wasm'));
  expect(Object.keys(analysis.entrypoints).sort()).toEqual(checked.sort());
  expect(exported.length - checked.length).toBe(files.length);
});

it('the package has its documents, and nothing but them and what is built', {
  timeout: TIMEOUT_MS,
}, async () => {
  const pack = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await promisify(execFile)('npm', pack, { cwd: root });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path);
  const documents = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
  expect(documents).toContain('docs/MIGRATING.md');
  const others = paths.filter((path) => !path.startsWith('dist/'));
  const always = ['CHANGELOG.md', 'LICENSE', 'PROTOCOL.md', 'README.md', 'package.json'];
  expect(others.sort()).toEqual([...always, ...documents].sort());
  expect(paths.filter((path) => path.includes('tsbuildinfo'))).toEqual([]);
});
