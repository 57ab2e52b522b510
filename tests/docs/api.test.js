// The API reference: what is exported is documented, and what is not would be noticed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { documentApi } from '../../scripts/docs.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const timeout = 120_000; // it reads the types of React, Node and the DOM
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));

test('every entry point of the package is in it', () => {
  const sources = Object.values(read('package.json').exports)
    .map(({ types }) => types)
    .filter(Boolean)
    .map((types) => types.replace('./dist/', 'js/src/').replace('.d.ts', '.ts'));
  expect(read('typedoc.json').entryPoints.sort()).toEqual(sources.sort());
});

test('every exported name has a docstring, and every link leads somewhere', {
  timeout,
}, async () => {
  expect(await documentApi()).toEqual([]);
});

test('a missing docstring and a dead link are found', { timeout }, async () => {
  const folder = join(root, 'build/docs');
  mkdirSync(folder, { recursive: true });
  const text = `
    export interface Bare { readonly size: number; }
    /** Leads to {@link Nowhere}. */
    export function linked(): void {}`;
  writeFileSync(join(folder, 'bare.ts'), text);
  writeFileSync(join(folder, 'tsconfig.json'), '{ "include": ["bare.ts"] }');
  const options = {
    extends: ['../../typedoc.json'],
    entryPoints: ['bare.ts'],
    tsconfig: 'tsconfig.json',
  };
  writeFileSync(join(folder, 'typedoc.json'), JSON.stringify(options));
  const faults = (await documentApi({ options: 'build/docs/typedoc.json' })).join('\n');
  expect(faults).toMatch(/Bare \(Interface\).*does not have any documentation/);
  expect(faults).toMatch(/Bare\.size \(Property\).*does not have any documentation/);
  expect(faults).toMatch(/Nowhere/);
});
