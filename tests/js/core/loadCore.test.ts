import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { coreBytes, coreModule } from '../../support/coreModule.js';
import { turns, until } from '../../support/until.js';
import { startWasmServer, type WasmServer } from '../../support/wasmServer.js';

let server: WasmServer;
let loader: typeof import('../../../js/src/core/loadCore.js');
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  server = await startWasmServer();
  // Once before: the runner's own lexer is WebAssembly too, compiled with the first lazy import.
  await (await import('../../../js/src/core/loadCore.js')).loadCore();
  process.on('unhandledRejection', note);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await server.stop();
});

// What is loaded is known to the module, so each case begins with a fresh one.
beforeEach(async () => {
  vi.resetModules();
  loader = await import('../../../js/src/core/loadCore.js');
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await turns(2);
  expect(unhandled).toEqual([]);
});

describe('loadCore', () => {
  it('loads once, however often it is asked', async () => {
    const compiled = vi.spyOn(WebAssembly, 'compile');
    const [first, second] = await Promise.all([loader.loadCore(), loader.loadCore()]);
    expect(second).toBe(first);
    expect(await loader.loadCore()).toBe(first);
    expect(compiled).toHaveBeenCalledOnce();
  });

  it('explains a failure with an OpenlineError, and tries anew when asked again', async () => {
    vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(new Error('the chunk is gone'));
    await expect(loader.loadCore()).rejects.toMatchObject({
      name: 'OpenlineError',
      code: 'wasm',
      message:
        'openline: the core could not be loaded (the chunk is gone); ' +
        'check that its chunk is served, then call reconnect().',
    });
    await expect(loader.loadCore()).resolves.toBeDefined();
  });

  it('names no policy when a damaged module fails: what a policy forbids is a script', async () => {
    vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(new WebAssembly.CompileError('no'));
    await expect(loader.loadCore()).rejects.toMatchObject({
      message: expect.not.stringContaining('unsafe-eval'),
    });
  });
});

describe('loadCore with documents', () => {
  it('loads the larger module beside the other, each once', async () => {
    const compiled = vi.spyOn(WebAssembly, 'compile');
    const [plain, first] = await Promise.all([loader.loadCore(), loader.loadCore(true)]);
    expect(first).not.toBe(plain);
    expect(await loader.loadCore(true)).toBe(first);
    expect(await loader.loadCore(false)).toBe(plain);
    const sizes = compiled.mock.calls.map(([bytes]) => (bytes as ArrayBuffer).byteLength);
    const files = await Promise.all([coreBytes(), coreBytes('core-documents.wasm')]);
    expect(sizes.sort()).toEqual(files.map(({ byteLength }) => byteLength).sort());
  });

  it('is loaded by itself where only documents are asked for', async () => {
    const compiled = vi.spyOn(WebAssembly, 'compile');
    await loader.loadCore(true);
    expect(compiled).toHaveBeenCalledOnce();
  });

  it('fails by itself', async () => {
    const { loadCore } = loader;
    vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(new Error('the chunk is gone'));
    await expect(loadCore(true)).rejects.toMatchObject({ code: 'wasm' });
    await expect(loadCore()).resolves.toBeDefined();
    await expect(loadCore(true)).resolves.not.toBe(await loadCore());
  });
});

describe('preload', () => {
  beforeEach(() => vi.stubGlobal('document', {}));

  it('starts the load that a line then awaits', async () => {
    const compiled = vi.spyOn(WebAssembly, 'compile');
    await loader.preload();
    await loader.loadCore();
    await loader.preload({});
    expect(compiled).toHaveBeenCalledOnce();
  });

  it('never rejects', async () => {
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new Error('no'));
    await expect(loader.preload()).resolves.toBeUndefined();
  });

  it('leaves no unhandled rejection when nobody awaits it', async () => {
    const compile = vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new Error('no'));
    void loader.preload();
    await until(() => compile.mock.settledResults.length === 1, 'it has failed');
  });

  it('takes a compiled module in place of the chunk', async () => {
    const module = await coreModule();
    const compiled = vi.spyOn(WebAssembly, 'compile');
    await loader.preload({ wasmModule: Promise.resolve(module) });
    await expect(loader.loadCore()).resolves.toBeDefined();
    expect(compiled).not.toHaveBeenCalled();
  });

  it('takes the URL of the module in place of the chunk', async () => {
    const before = server.requests.length;
    await loader.preload({ wasmUrl: `${server.url}/application%2Fwasm` });
    await expect(loader.loadCore()).resolves.toBeDefined();
    expect(server.requests.slice(before)).toEqual(['application/wasm']);
  });

  it('reports a URL that does not answer, and may then be given another', async () => {
    await loader.preload({ wasmUrl: `${server.url}/nowhere` });
    await expect(loader.loadCore()).rejects.toThrow('/nowhere answered 404');
    await loader.preload({ wasmUrl: `${server.url}/application%2Fwasm` });
    await expect(loader.loadCore()).resolves.toBeDefined();
  });

  it('throws when a source comes too late, rather than ignoring it', async () => {
    void loader.preload();
    const module = await coreModule();
    expect(() => loader.preload({ wasmModule: module })).toThrow(TypeError);
    expect(() => loader.preload({ wasmUrl: '/core.wasm' })).toThrow('is loading already');
    await loader.loadCore();
    expect(() => loader.preload({ wasmModule: module })).toThrow(TypeError);
  });
});

describe('preload with documents', () => {
  beforeEach(() => vi.stubGlobal('document', {}));

  it('starts the load of that module alone', async () => {
    const compiled = vi.spyOn(WebAssembly, 'compile');
    await loader.preload({ documents: true });
    await loader.loadCore(true);
    expect(compiled).toHaveBeenCalledOnce();
  });

  it('has a source of its own, which the other module does not touch', async () => {
    const module = await coreModule('core-documents.wasm');
    const compiled = vi.spyOn(WebAssembly, 'compile');
    const before = server.requests.length;
    await loader.preload({ wasmUrl: `${server.url}/application%2Fwasm` });
    await loader.preload({ documents: true, wasmModule: module });
    await Promise.all([loader.loadCore(), loader.loadCore(true)]);
    expect(compiled).not.toHaveBeenCalled();
    expect(server.requests.slice(before)).toEqual(['application/wasm']);
  });

  it('throws when its source comes too late, whatever the other does', async () => {
    void loader.preload({ documents: true });
    const wasmUrl = `${server.url}/application%2Fwasm`;
    expect(() => loader.preload({ documents: true, wasmUrl })).toThrow('is loading already');
    await expect(loader.preload({ wasmUrl })).resolves.toBeUndefined();
    await loader.loadCore(true);
  });
});

describe('preload on a server', () => {
  it('loads nothing, and does not keep a source from being given later', async () => {
    const compiled = vi.spyOn(WebAssembly, 'compile');
    await loader.preload();
    const before = server.requests.length;
    await loader.preload({ wasmUrl: `${server.url}/nowhere` });
    await turns();
    expect(compiled).not.toHaveBeenCalled();
    expect(server.requests).toHaveLength(before);
  });

  it('remembers the source for whoever loads the core after all', async () => {
    const module = await coreModule();
    const compiled = vi.spyOn(WebAssembly, 'compile');
    await loader.preload({ wasmModule: module });
    await expect(loader.loadCore()).resolves.toBeDefined();
    expect(compiled).not.toHaveBeenCalled();
  });
});
