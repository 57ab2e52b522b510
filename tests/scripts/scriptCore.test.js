// What the build makes of a module for pages that may not run WebAssembly.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asModule, scriptOf } from '../../scripts/lib/scriptCore.js';

const load = async (code) =>
  (await import(`data:text/javascript,${encodeURIComponent(code)}`)).default;

let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'openline-script-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

// (import "a" "b" (func (param i32)))
// (func (export "run") (param i32) (result i32) …)
const MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0], // magic, version
  ...[1, 10, 2, 96, 1, 127, 0, 96, 1, 127, 1, 127], // types: (i32) and (i32) -> i32
  ...[2, 7, 1, 1, 97, 1, 98, 0, 0], // imports: a.b
  ...[3, 2, 1, 1], // functions: one of the second type
  ...[7, 7, 1, 3, 114, 117, 110, 0, 1], // exports: run
  ...[10, 21, 1, 19, 0], // code: no locals
  ...[32, 0, 16, 0], // b(x)
  ...[32, 0, 172, 66, 32, 134, 66, 33, 135, 167], // i32((i64(x) << 32) >> 33)
  ...[32, 0, 106, 11], // + x
);

test('script: a module becomes a function of its imports, 64-bit integers included', async () => {
  const file = join(folder, 'core.wasm');
  writeFileSync(file, MODULE);
  expect(WebAssembly.validate(MODULE)).toBe(true);
  const instantiate = await load(scriptOf(file));
  const given = [];
  const { run } = instantiate({ b: (x) => given.push(x), abort: () => {} });
  expect(run(-9)).toBe(-5 - 9);
  expect(given).toEqual([-9]);
});

test('script: what is no module is an error that names the file', () => {
  const file = join(folder, 'none.wasm');
  writeFileSync(file, 'none');
  expect(() => scriptOf(file)).toThrow(/wasm2js failed on .*none\.wasm/);
});

test('script: what is no JavaScript is an error that says so', () => {
  expect(() => asModule('function instantiate( {')).toThrow(/the script of the core is no module/);
});
