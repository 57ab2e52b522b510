import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { compileCore } from '../../../js/src/core/compileCore.js';
import { coreModule, packedCore } from '../../support/coreModule.js';
import { startWasmServer, type WasmServer } from '../../support/wasmServer.js';

let server: WasmServer;

beforeAll(async () => {
  server = await startWasmServer();
});
afterAll(() => server.stop());
afterEach(() => vi.restoreAllMocks());

function expectCore(module: WebAssembly.Module) {
  expect(module).toBeInstanceOf(WebAssembly.Module);
  expect(WebAssembly.Module.exports(module).some(({ kind }) => kind === 'memory')).toBe(true);
}

describe('compileCore', () => {
  it('unpacks the gzipped bytes of the bundle', async () => {
    expectCore(await compileCore({}, await packedCore()));
  });

  it('rejects bytes that are not the packed module', async () => {
    await expect(compileCore({}, btoa('nonsense'))).rejects.toThrow();
    await expect(compileCore({}, undefined)).rejects.toThrow();
  });

  it('hands on a module that was given, also as a promise, and asks nobody', async () => {
    const module = await coreModule();
    const fetched = vi.spyOn(globalThis, 'fetch');
    expect(await compileCore({ wasmModule: module, wasmUrl: server.url }, undefined)).toBe(module);
    expect(await compileCore({ wasmModule: Promise.resolve(module) }, undefined)).toBe(module);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('compiles application/wasm while it streams in', async () => {
    const streamed = vi.spyOn(WebAssembly, 'compileStreaming');
    expectCore(await compileCore({ wasmUrl: `${server.url}/application%2Fwasm` }, undefined));
    expect(streamed).toHaveBeenCalledOnce();
  });

  // WebAssembly Web API: streaming takes the bare type only; parameters make it reject.
  it.each(['application/octet-stream', 'application/wasm; charset=utf-8', 'untyped'])(
    'compiles what is served as %s all the same',
    async (type) => {
      const streamed = vi.spyOn(WebAssembly, 'compileStreaming');
      const url = new URL(encodeURIComponent(type), server.url);
      expectCore(await compileCore({ wasmUrl: url }, undefined));
      expect(streamed).not.toHaveBeenCalled();
    },
  );

  it('says which URL answered what', async () => {
    const url = `${server.url}/nowhere`;
    await expect(compileCore({ wasmUrl: url }, undefined)).rejects.toThrow(`${url} answered 404`);
  });

  it('rejects a page that is served in place of the module', async () => {
    await expect(compileCore({ wasmUrl: `${server.url}/page` }, undefined)).rejects.toThrow(
      WebAssembly.CompileError,
    );
  });
});
