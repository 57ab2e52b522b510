import { expect, it, vi } from 'vitest';
import { lineServers } from '../../../js/src/server/registry.js';

it('is one for all copies of the module', async () => {
  const servers = lineServers();
  vi.resetModules();
  const other = await import('../../../js/src/server/registry.js');
  expect(other.lineServers).not.toBe(lineServers);
  expect(other.lineServers()).toBe(servers);
  expect(Reflect.get(globalThis, Symbol.for('openline'))).toBe(servers);
});
