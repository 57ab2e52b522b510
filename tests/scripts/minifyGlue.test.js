import { expect, test } from 'vitest';
import { minifyGlue } from '../../scripts/lib/minifyGlue.js';

const GLUE = `
  var Module = (() => {
    return function (Module) {
      Module = Module || {};
      function fetchModule() { return fetch('glue.wasm'); }
      function start() {
        if (Module["instantiateWasm"]) {
          try { return Module["instantiateWasm"]({}); } catch (error) { return false; }
        }
        return fetchModule();
      }
      return start();
    };
  })();
  export default Module;`;

const load = async (code) =>
  (await import(`data:text/javascript,${encodeURIComponent(code)}`)).default;

test('glue: what fetches the module is gone, and what hands it in still works', async () => {
  const code = minifyGlue(GLUE);
  expect(code).not.toContain('fetch');
  const start = await load(code);
  expect(start({ instantiateWasm: () => 'instance' })).toBe('instance');
});

test('glue: one that asks in other words stays as it is', async () => {
  const code = minifyGlue(GLUE.replace('if (Module["instantiateWasm"])', 'if (Module.other)'));
  expect(code).toContain('fetch');
  const start = await load(code);
  expect(start({ other: true, instantiateWasm: () => 'instance' })).toBe('instance');
});

test('glue: what is no module is an error that says so', () => {
  expect(() => minifyGlue('export default {')).toThrow(/the glue is no module/);
});
