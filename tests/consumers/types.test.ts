import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { packAndInstall } from './packed.js';

// The types of the package, as applications get them: packed, installed, and compiled strictly with
// each way in which TypeScript finds modules.

const TIMEOUT_MS = 120_000; // each compiles React's types or Node's as well
const { ModuleKind, ModuleResolutionKind } = ts;

let app: string;
beforeAll(() => {
  app = packAndInstall('types').app;
}, TIMEOUT_MS);

const strictest: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  jsx: ts.JsxEmit.ReactJSX,
};

const browser = { lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [] };
const node = { lib: ['lib.es2023.d.ts'], types: ['node'] };

/** What is wrong with these files or with what they import of the package. */
function faultsOf(names: readonly string[], options: ts.CompilerOptions): string[] {
  const files = names.map((name) => join(app, name));
  const program = ts.createProgram(files, { ...strictest, ...options });
  const checked = ts.getPreEmitDiagnostics(program).filter(
    // Types of others, such as React's, are not ours to check.
    ({ file }) => !/\/node_modules\/(?!openline\/)/.test(file?.fileName ?? ''),
  );
  return checked.map(({ file, start = 0, messageText }) => {
    const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
    return `${file?.fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

describe.each([
  { name: 'bundler', module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler },
  { name: 'node16', module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 },
  {
    name: 'nodenext',
    module: ModuleKind.NodeNext,
    moduleResolution: ModuleResolutionKind.NodeNext,
  },
])('moduleResolution $name', ({ name, ...resolution }) => {
  it('gives an application in the browser its types', { timeout: TIMEOUT_MS }, () => {
    expect(faultsOf(['client.tsx'], { ...resolution, ...browser })).toEqual([]);
  });

  it('gives a server its types', { timeout: TIMEOUT_MS }, () => {
    const files = name === 'bundler' ? ['server.ts'] : ['server.ts', 'commonjs.cts'];
    expect(faultsOf(files, { ...resolution, ...node })).toEqual([]);
  });
});

it('notices a type that is wrong, in the package as well', { timeout: TIMEOUT_MS }, () => {
  const resolution = {
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.Bundler,
  };
  const withoutDom = faultsOf(['client.tsx'], { ...resolution, ...browser, lib: node.lib });
  expect(withoutDom.join('\n')).toMatch(/node_modules\/openline\/dist\/.*MessageEvent/);
});
