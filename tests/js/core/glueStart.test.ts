import { afterEach, describe, expect, it, vi } from 'vitest';
import { startGlue } from '../../../js/src/core/glueStart.js';
import { coreModule } from '../../support/coreModule.js';

const host = { openline: () => undefined, openlineNow: () => performance.now() };

afterEach(() => vi.restoreAllMocks());

describe('startGlue', () => {
  it('gives the functions of the core and its memory', async () => {
    const { glue, memory } = await startGlue(await coreModule(), { ...host, onAbort: () => {} });
    const pointer = glue._ol_frame_buffer(4);
    expect(pointer).toBeGreaterThan(0);
    expect(memory.buffer.byteLength).toBeGreaterThan(pointer);
  });

  it('rejects a module that is not the core', async () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const settings = { ...host, onAbort: () => {} };
    await expect(startGlue(empty, settings)).rejects.toThrow('exports no memory');
  });

  it('rejects when there is no memory to start with', async () => {
    vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new RangeError('no memory') as never);
    const settings = { ...host, onAbort: () => {} };
    await expect(startGlue(await coreModule(), settings)).rejects.toThrow('no memory');
  });
});
