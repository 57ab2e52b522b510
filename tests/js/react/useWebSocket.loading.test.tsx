// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EchoServer } from '../../support/echoServer.js';
import type { HookProps, MountedHook } from '../../support/mountHook.js';
import { turns, until } from '../../support/until.js';

let server: EchoServer;
let hooks: MountedHook[];
let complaints: unknown[][];
let mountHook: typeof import('../../support/mountHook.js').mountHook;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeEach(async () => {
  process.on('unhandledRejection', note);
  vi.resetModules(); // the core is loaded once for a page, so each case has a page of its own
  ({ mountHook } = await import('../../support/mountHook.js'));
  complaints = vi.spyOn(console, 'error').mockImplementation(() => {}).mock.calls;
  server = await new EchoServer().start();
  hooks = [];
});
afterEach(async () => {
  for (const hook of hooks) hook.unmount();
  await server.stop();
  await turns(2);
  process.off('unhandledRejection', note);
  const seen = [...complaints];
  vi.restoreAllMocks();
  expect(seen).toEqual([]);
  expect(unhandled).toEqual([]);
});

function use(props: Partial<HookProps> = {}): MountedHook {
  const hook = mountHook({ url: server.url, ...props });
  hooks.push(hook);
  return hook;
}

describe('messages sent before the core is there', () => {
  it('arrive first and in order', async () => {
    const onOpen = vi.fn(() => hook.now.sendMessage('c'));
    const hook = use({ options: { onOpen } });
    expect(hook.now.sendMessage('a').state).toBe('queued');
    expect(hook.now.sendJsonMessage('b').state).toBe('queued');
    await until(() => server.received.length === 3, 'all have arrived');
    expect(server.received).toEqual(['a', '"b"', 'c']);
  });
});

describe('a core that the browser refuses to compile', () => {
  const refusal = () => new WebAssembly.CompileError('Wasm code generation disallowed by embedder');

  it('shows as failed with reason wasm and a readable message', async () => {
    const compile = vi.spyOn(WebAssembly, 'compile').mockRejectedValue(refusal());
    const hook = use();
    await hook.becomes('failed');
    expect(hook.now).toMatchObject({ reason: 'wasm', readyState: 3 });
    expect(hook.now.error).toBeInstanceOf(Error);
    expect(hook.now.error?.message).toBe(
      'openline: the core could not be loaded (Wasm code generation disallowed by ' +
        'embedder); check that its chunk is served, then call reconnect().',
    );
    expect(hook.now.sendMessage('x').reason?.code).toBe('failed');
    const tries = compile.mock.calls.length;
    for (let i = 0; i < 5; i++) hook.render();
    await turns();
    expect(compile).toHaveBeenCalledTimes(tries);
  });

  it('is loaded anew by reconnect()', async () => {
    const compile = vi.spyOn(WebAssembly, 'compile').mockRejectedValue(refusal());
    const hook = use();
    await hook.becomes('failed');
    compile.mockRestore();
    hook.now.reconnect();
    await hook.becomes('open');
    expect(hook.now.error).toBeNull();
  });

  it('is no error of a component that has gone meanwhile', async () => {
    const compile = vi.spyOn(WebAssembly, 'compile').mockRejectedValue(refusal());
    use().unmount();
    await until(() => compile.mock.settledResults.length > 0, 'the load has failed');
    await turns();
  });
});

describe('the first render', () => {
  it('starts to load the core, and a component that does not connect loads nothing', async () => {
    const { preload } = await import('../../../js/src/index.js');
    const source = { wasmModule: new Promise<WebAssembly.Module>(() => {}) };
    use({ connect: false });
    use({ url: null });
    expect(() => preload(source)).not.toThrow();
    use();
    expect(() => preload(source)).not.toThrow(); // the same again, as after a hot reload
    expect(() => preload({ wasmUrl: '/other' })).toThrow('is loading already');
  });
});
