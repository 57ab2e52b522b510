import type { CoreSource } from './loadCore.js';

/** Compiles the module from an override, or else from `packed`, its gzipped bytes in base64. */
export function compileCore(
  { wasmModule, wasmUrl }: CoreSource,
  packed: string | undefined,
): Promise<WebAssembly.Module> {
  if (wasmModule !== undefined) return Promise.resolve(wasmModule);
  return wasmUrl === undefined ? unpack(packed ?? '') : compileFrom(wasmUrl);
}

/** base64(gzip(wasm)) passes through every bundler as a module and costs 1 % more than the file. */
async function unpack(packed: string): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  // Not through a Blob: jsdom's has no stream().
  const zipped = new Response(bytes).body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const unzipped = zipped.pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compile(await new Response(unzipped).arrayBuffer());
}

async function compileFrom(url: string | URL): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  // Streaming takes this type without parameters only (WebAssembly Web API, "compile a potential
  // WebAssembly response").
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
