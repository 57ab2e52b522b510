import { describe, expect, test } from 'vitest';
import { readVendorModule } from '../../../demo/server/vendor.js';

/** Runs a wrapped module as the browser would: as an ES module, its imports replaced. */
function run(source, imports) {
  const withoutImports = source.replace(
    /^import (\w+) from '([^']+)';$/gm,
    (_, name, id) => `const ${name} = (${imports[id]})();`,
  );
  return import(`data:text/javascript,${encodeURIComponent(withoutImports)}`);
}

describe('React as ES modules', () => {
  test.each(['production', 'development'])('the %s build of react can be used', async (build) => {
    const react = await run(await readVendorModule(`${build}/react.js`), {});
    expect(react.createElement('p', { id: 'x' }).props).toEqual({ id: 'x' });
    expect(react.default.createElement).toBe(react.createElement);
  });

  test('each require becomes an import of the same name', async () => {
    const source = await readVendorModule('production/react-dom/client.js');
    const imported = [...source.matchAll(/^import \w+ from '([^']+)';$/gm)].map(([, id]) => id);
    expect(imported).toEqual(['scheduler', 'react', 'react-dom']);
    expect(source).toMatch(/^export const \{ .*\bcreateRoot\b.* \} = module\.exports;$/m);
  });

  test('a module receives what it requires', async () => {
    const source = await readVendorModule('production/react-dom.js');
    const react = '() => ({ __CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE: {} })';
    const dom = await run(source, { react });
    expect(dom.flushSync).toBeTypeOf('function');
  });

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
