import type { DevToolsPage } from '../../support/browsers/devtools.js';

/** In bytes. */
export interface PageMemory {
  /** What JavaScript holds, after a collection. */
  readonly heap: number;
  /** Of each instance of the core, in the order in which they started. */
  readonly wasm: readonly number[];
}

declare global {
  interface Window {
    memories: WebAssembly.Memory[];
  }
}

/** For `evaluateFirst`: notes the memories of all instances. */
export function noteMemories(): void {
  const { instantiate } = WebAssembly;
  window.memories = [];
  WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
    const instance = await instantiate(module, imports);
    for (const each of Object.values(instance.exports)) {
      if (each instanceof WebAssembly.Memory) window.memories.push(each);
    }
    return instance;
  }) as typeof instantiate;
}

export async function memoryOf(page: DevToolsPage): Promise<PageMemory> {
  await page.call('HeapProfiler.collectGarbage');
  const { usedSize } = await page.call('Runtime.getHeapUsage');
  const wasm = await page.evaluate(() => window.memories.map(({ buffer }) => buffer.byteLength));
  return { heap: Number(usedSize), wasm };
}
