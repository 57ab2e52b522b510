import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';

const root = new URL('../../', import.meta.url);

/** What a plain Node touches while it imports a built entry; ends only if nothing stays alive. */
function touchedBy(entry: string): unknown {
  const script = `
    await import('react'); // React looks around for itself
    const touched = [];
    const names = ['window', 'document', 'location', 'navigator', 'WebAssembly', 'WebSocket'];
    const tasks = ['setTimeout', 'setInterval', 'setImmediate', 'MessageChannel', 'fetch'];
    for (const name of [...names, ...tasks]) {
      const original = globalThis[name];
      const get = () => (touched.push(name), original);
      Object.defineProperty(globalThis, name, { get, configurable: true });
    }
    await import('./${entry}');
    console.log(JSON.stringify(touched));`;
  const settings = { cwd: root, encoding: 'utf8', timeout: 20_000 } as const;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], settings),
  );
}

describe('importing', () => {
  it.each(['dist/index.js', 'dist/react/index.js', 'dist/websocket.js'])(
    '%s in Node touches no page, no WebAssembly, no timer and no socket',
    { timeout: 30_000 },
    (entry) => {
      expect(touchedBy(entry)).toEqual([]);
    },
  );

  it('openline needs no React', async () => {
    vi.resetModules();
    vi.doMock('react', () => {
      throw new Error('React was imported');
    });
    const { OpenlineError, preload, ReadyState } = await import('../../js/src/index.js');
    vi.doUnmock('react');
    expect([typeof OpenlineError, typeof preload]).toEqual(['function', 'function']);
    expect(ReadyState.OPEN).toBe(1);
  });
});

describe('openline/react', () => {
  it('has the names that users of react-use-websocket import, the default too', async () => {
    const module = await import('../../js/src/react/index.js');
    expect(Object.keys(module).sort()).toEqual([
      'ReadyState',
      'default',
      'useLine',
      'useLive',
      'useLiveKeys',
      'useLiveRow',
      'useMessages',
      'useWebSocket',
    ]);
    expect(module.default).toBe(module.useWebSocket);
  });
});
