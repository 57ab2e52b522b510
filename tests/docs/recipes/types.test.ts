import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../readme.js';
import { filesOf, RECIPES, written } from './recipe.js';

test('every recipe passes the compiler, against the built package', { timeout: 60_000 }, () => {
  const files = RECIPES.flatMap((name) => {
    const folder = written(name);
    return [...filesOf(name).keys()].map((path) => join(folder, path));
  });
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  // As a bundler resolves: an app writes no endings.
  const program = ts.createProgram(files, {
    ...options,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noUnusedParameters: false,
  });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${JSON.stringify(messageText)}`);
  expect(faults).toEqual([]);
  expect(files).toHaveLength(3 * RECIPES.length);
});

test('every recipe is run by a test, and is in the list', () => {
  const pages = readdirSync(join(root, 'docs/recipes')).filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual(RECIPES.map((name) => `${name}.md`));
  const list = readFileSync(join(root, 'docs/recipes/README.md'), 'utf8');
  const tests = readdirSync(join(root, 'tests/docs/recipes'));
  for (const name of RECIPES) {
    expect(list).toContain(`](${name}.md)`);
    expect(tests).toContain(`${name}.test.tsx`);
  }
});
