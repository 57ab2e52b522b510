import { describe, expect, it } from 'vitest';
import { checkAbi } from '../../../scripts/tidy/abi.js';
import { checkMirror } from '../../../scripts/tidy/mirror.js';
import { projectOf } from '../../../scripts/tidy/project.js';

const places = (findings) => findings.map(({ path, line }) => `${path}:${line}`);

function mirrorFindings(texts) {
  const tests = Object.keys(texts).filter((path) => path.endsWith('_test.cpp'));
  const list = { 'tests/CMakeLists.txt': tests.join('\n') };
  return places(checkMirror(projectOf({ ...list, ...texts })));
}

describe('mirrored tests', () => {
  it.each([
    ['wasm/openline/connection/backoff.cpp', 'tests/connection/backoff_test.cpp'],
    ['bindings/openline_abi.cpp', 'tests/bindings/openline_abi_test.cpp'],
    ['js/src/websocket.ts', 'tests/js/websocket.test.ts'],
    ['js/src/react/useLine.tsx', 'tests/js/react/useLine.test.tsx'],
    ['js/src/react/useLine.ts', 'tests/js/react/useLine.test.tsx'],
  ])('%s has its test in %s', (source, test) => {
    const text = 'int x = f();';
    expect(mirrorFindings({ [source]: text })).toEqual([`${source}:1`]);
    expect(mirrorFindings({ [source]: text, [test]: '' })).toEqual([]);
    expect(mirrorFindings({ [test]: '' })).toEqual([`${test}:1`]);
  });

  it('are wanted for headers with code of their own, and not for mere values', () => {
    const code = '#pragma once\ninline int f() {\n  return 1;\n}\n';
    expect(mirrorFindings({ 'wasm/openline/base/f.hpp': code })).toHaveLength(1);
    expect(mirrorFindings({ 'wasm/openline/client/f.hpp': code })).toEqual([]);
    const longer = code.replace('return', 'g();\n\n\n  return');
    expect(mirrorFindings({ 'wasm/openline/client/f.hpp': longer })).toHaveLength(1);
    const value = 'struct Id {\n  int value = 0;\n  int next() const { return value + 1; }\n};\n';
    expect(mirrorFindings({ 'wasm/openline/base/f.hpp': value })).toEqual([]);
  });

  it('are not wanted for what only names types or passes names on', () => {
    const text = `// Types.
      'use client';
      import type { A } from './a.js';
      export { b, c } from './b.js';
      export * from './d.js';
      export type { E } from './e.js';
      export interface F { g(h: () => void): { i: A } }
      type J = { k: A; l: 'm;' } | ((n: A) => void);
      export type { J };
    `;
    expect(mirrorFindings({ 'js/src/types.ts': text })).toEqual([]);
    expect(mirrorFindings({ 'js/src/types.ts': `${text}\nconst k = 1;` })).toHaveLength(1);
    expect(mirrorFindings({ 'js/src/core/glue.d.ts': 'declare const a: A;' })).toEqual([]);
  });

  it('may be several for one source', () => {
    const texts = {
      'wasm/openline/connection/machine.cpp': '',
      'tests/connection/machine_test.cpp': '',
      'tests/connection/machine_close_test.cpp': '',
      'demo/server/line.js': '',
      'tests/demo/server/line.close.test.js': '',
    };
    expect(mirrorFindings(texts)).toEqual([]);
  });

  it('leaves the folders alone that mirror nothing', () => {
    const texts = {
      'tests/e2e/reload.test.ts': '',
      'tests/support/fake_clock.cpp': '',
      'tests/js/property/line.property.test.ts': '',
    };
    expect(mirrorFindings(texts)).toEqual([]);
  });

  it('asks for the name of a test where only tests stand', () => {
    expect(mirrorFindings({ 'tests/base/clock.cpp': '' })).toEqual(['tests/base/clock.cpp:1']);
  });
});

describe('agreement on the ABI', () => {
  const agreed = {
    'bindings/openline_abi.h': '// ol_old(x)\nint ol_open(int);\nvoid ol_woken(int);\n',
    'bindings/exports.txt': 'ol_open # opens\nmalloc\nol_woken\n',
    'js/src/core/abi.ts': 'glue._ol_open(glue._malloc(1));\n',
    'wasm/platform/library_openline.js': 'const a = { ol_js_x: () => _ol_woken(_ol_js_x) };\n',
  };
  const check = (changes) => places(checkAbi(projectOf({ ...agreed, ...changes })));

  it('is silent while header, exports and callers agree', () => {
    expect(check({})).toEqual([]);
  });

  it.each([
    ['bindings/openline_abi.h', 'int ol_open(int);\n', 'bindings/exports.txt:3'],
    [
      'bindings/openline_abi.h',
      'int ol_open(int), ol_woken(int);\nvoid ol_close();\n',
      'bindings/openline_abi.h:2',
    ],
    ['bindings/exports.txt', 'ol_open\nmalloc\nol_woken\nfree\n', 'bindings/exports.txt:4'],
    ['bindings/exports.txt', 'ol_open\nmalloc\nol_woken\nol_open\n', 'bindings/exports.txt:4'],
    ['js/src/core/abi.ts', '_ol_open(_malloc);\n_ol_close();\n', 'js/src/core/abi.ts:2'],
    ['js/src/core/glue.d.ts', 'declare function _ol_close(): void;', 'js/src/core/glue.d.ts:1'],
    [
      'wasm/platform/library_openline.js',
      '_ol_woken();\n_ol_late();\n',
      'wasm/platform/library_openline.js:2',
    ],
    ['js/src/core/abi.ts', '_malloc(); // _ol_open\n', 'bindings/exports.txt:1'],
  ])('finds what %s says alone: %j', (path, text, place) => {
    expect(check({ [path]: text })).toEqual([place]);
  });

  it('takes a name with an underscore for a mistake', () => {
    const found = check({ 'bindings/exports.txt': 'ol_open\nmalloc\nol_woken\n_ol_open\n' });
    expect(found).toContain('bindings/exports.txt:4');
  });

  it('needs no export for what only the C++ of the platform calls', () => {
    const platform = { 'wasm/platform/clock.cpp': 'void f() { ol_woken(1); }' };
    const exports = { 'bindings/exports.txt': 'ol_open\nmalloc\n' };
    const library = { 'wasm/platform/library_openline.js': '' };
    expect(check({ ...exports, ...library })).toEqual(['bindings/openline_abi.h:3']);
    expect(check({ ...exports, ...library, ...platform })).toEqual([]);
  });
});
