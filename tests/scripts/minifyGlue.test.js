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

test('glue: it asks for no WebAssembly, which a core that is a script does not need', async () => {
  const asking = GLUE.replace(
    'function start() {',
    `function start() {
      if (typeof WebAssembly != "object") { throw new Error("no native wasm support detected"); }
      if (Module.stop) { throw new WebAssembly.RuntimeError("stopped"); }`,
  );
  const code = minifyGlue(asking);
  expect(code).not.toContain('WebAssembly');
  const start = await load(code);
  expect(() => start({ stop: true })).toThrow('stopped');
});
