import { afterEach, describe, expect, it, vi } from 'vitest';
import { startGlue } from '../../../js/src/core/glueStart.js';
import { instantiateScript, loadScript, type ScriptCore } from '../../../js/src/core/scriptCore.js';

const host = {
  openline: () => undefined,
  openlineNow: () => performance.now(),
  onAbort: vi.fn(),
};

afterEach(() => vi.restoreAllMocks());

describe('loadScript', () => {
  it('loads the one with documents where they are asked for', async () => {
    const [plain, documents] = await Promise.all([loadScript(false), loadScript(true)]);
    expect(documents.toString().length).toBeGreaterThan(plain.toString().length);
  });

  it('needs no eval', async () => {
    for (const script of await Promise.all([loadScript(false), loadScript(true)])) {
      expect(script.toString()).not.toMatch(/\beval\b|\bFunction\b|WebAssembly/);
    }
  });
});

describe('instantiateScript', () => {
  it('makes instances that share nothing', async () => {
    const script = await loadScript(false);
    const [first, second] = await Promise.all([startGlue(script, host), startGlue(script, host)]);
    const before = second.memory.buffer.byteLength;
    const place = first.glue._ol_frame_buffer(3_000_000);
    expect(first.memory.buffer.byteLength).toBeGreaterThan(before);
    expect(second.memory.buffer.byteLength).toBe(before);
    expect(second.glue._ol_frame_buffer(3_000_000)).toBe(place);
    new Uint8Array(first.memory.buffer)[place] = 42;
    expect(new Uint8Array(second.memory.buffer)[place]).toBe(0);
  });

  it('aborts as the module does, when there is no more memory', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { glue } = await startGlue(await loadScript(false), host);
    expect(() => glue._ol_frame_buffer(2 ** 31 - 1)).toThrow('Aborted');
    expect(host.onAbort).toHaveBeenCalledOnce();
    expect(console.warn).toHaveBeenCalledWith('Aborted()');
  });

  it('throws where the module would trap', async () => {
    const trapping: ScriptCore = (imports) => ({ run: imports['abort'] as () => void });
    const { exports } = await instantiateScript(trapping, { a: {} });
    expect(exports['run'] as () => void).toThrow('unreachable');
  });

  it('rejects where it cannot start', async () => {
    const failing: ScriptCore = () => {
      throw new RangeError('no memory');
    };
    await expect(instantiateScript(failing, {})).rejects.toThrow('no memory');
  });
});
