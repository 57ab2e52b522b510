import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Core } from '../../../js/src/core/core.js';
import { coreModule } from '../../support/coreModule.js';
import { startWasmServer, type WasmServer } from '../../support/wasmServer.js';

let server: WasmServer;
let loader: typeof import('../../../js/src/core/loadCore.js');

beforeAll(async () => {
  server = await startWasmServer();
  // Once before: the runner's own lexer is WebAssembly too, compiled with the first lazy import.
  await (await import('../../../js/src/core/loadCore.js')).loadCore();
});
afterAll(() => server.stop());

// What is known of the page is known to the module, so each case begins with a fresh one.
beforeEach(async () => {
  vi.resetModules();
  loader = await import('../../../js/src/core/loadCore.js');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('loadCore where WebAssembly is forbidden', () => {
  /** Refuses each module, as a policy without 'wasm-unsafe-eval' does. */
  function forbid() {
    const refuse = function refuse() {
      throw new EvalError('Wasm code generation disallowed by embedder');
    };
    const Module = vi.spyOn(WebAssembly, 'Module').mockImplementation(refuse);
    const compile = vi.spyOn(WebAssembly, 'compile').mockImplementation(refuse);
    return { Module, compile };
  }
  const works = async (core: Core) => typeof core.createLine === 'function';

  it('starts the core as a script, each once, and asks the policy once', async () => {
    const { Module, compile } = forbid();
    const [plain, documents] = await Promise.all([loader.loadCore(), loader.loadCore(true)]);
    expect(await works(plain)).toBe(true);
    expect(documents).not.toBe(plain);
    expect(await loader.loadCore()).toBe(plain);
    expect(Module).toHaveBeenCalledOnce();
    expect(compile).not.toHaveBeenCalled();
  });

  it('does so without WebAssembly, and then has no WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(await works(await loader.loadCore())).toBe(true);
  });

  it('asks the policy nothing when preload was told', async () => {
    const { Module } = forbid();
    vi.stubGlobal('document', {});
    await loader.preload({ withoutWasm: true });
    expect(await works(await loader.loadCore(true))).toBe(true);
    expect(Module).not.toHaveBeenCalled();
  });

  it('takes no wasmUrl, which it could not compile', async () => {
    forbid();
    vi.stubGlobal('document', {});
    const before = server.requests.length;
    await loader.preload({ wasmUrl: `${server.url}/application%2Fwasm` });
    expect(await works(await loader.loadCore())).toBe(true);
    expect(server.requests).toHaveLength(before);
  });

  it('takes no wasmModule, whose instance would be refused', async () => {
    const module = await coreModule();
    const instantiated = vi.spyOn(WebAssembly, 'instantiate');
    forbid();
    await loader.preload({ wasmModule: module });
    expect(await works(await loader.loadCore())).toBe(true);
    expect(instantiated).not.toHaveBeenCalled();
  });

  it('notices that only the instance is refused, as in WebKit', async () => {
    const refused = vi.spyOn(WebAssembly, 'Instance').mockImplementation(function refuse() {
      throw new WebAssembly.CompileError('Refused to create a WebAssembly object');
    });
    const compiled = vi.spyOn(WebAssembly, 'compile');
    expect(await works(await loader.loadCore())).toBe(true);
    expect(refused).toHaveBeenCalledOnce();
    expect(compiled).not.toHaveBeenCalled();
  });
});
