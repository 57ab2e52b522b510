import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { readVendorModule } from '../../../demo/server/vendor.js';

/** Runs a wrapped module as a browser would: without `require`, `module` and `process`. */
function run(source, imports = {}) {
  const script = source
    .replace(/^import (\w+) from '([^']+)';$/gm, "const $1 = imports['$2'];")
    .replace(/^export default (.*);$/m, 'exported.default = $1;')
    .replace(/^export const (\{.*\}) = (.*);$/m, 'const $1 = $2; Object.assign(exported, $1);');
  const exported = {};
  runInNewContext(script, { exported, imports });
  return exported;
}

describe('React as ES modules', () => {
  test.each(['production', 'development'])('the %s build of react can be used', async (build) => {
    const react = run(await readVendorModule(`${build}/react.js`));
    expect(react.createElement('p', { id: 'x' }).props).toEqual({ id: 'x' });
    expect(react.default.createElement).toBe(react.createElement);
  });

  test('each require becomes an import of the same name', async () => {
    const source = await readVendorModule('production/react-dom/client.js');
    const imported = [...source.matchAll(/^import \w+ from '([^']+)';$/gm)].map(([, id]) => id);
    expect(imported).toEqual(['scheduler', 'react', 'react-dom']);
    expect(source).toMatch(/^export const \{ .*\bcreateRoot\b.* \} = module\.exports;$/m);
  });

  test.each(['production', 'development'])(
    'a module of the %s build receives what it requires',
    async (build) => {
      const react = run(await readVendorModule(`${build}/react.js`)).default;
      const dom = run(await readVendorModule(`${build}/react-dom.js`), { react });
      expect(dom.createPortal).toBeTypeOf('function');
      expect(dom.version).toBe(react.version);
    },
  );

  test.each([
    'production/ws.js',
    'profiling/react.js',
    'production/../react.js',
    'production/constructor.js',
    'react.js',
  ])('%s is no module of ours', async (path) => {
    expect(await readVendorModule(path)).toBeNull();
  });
});
