import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const path = fileURLToPath(new URL('../../dist/core/core.wasm', import.meta.url));

/** The built module as the package ships it. */
export const coreBytes = (): Promise<Buffer> => readFile(path);

export const coreModule = async (): Promise<WebAssembly.Module> =>
  WebAssembly.compile(new Uint8Array(await coreBytes()));

/** What wasm-bytes.js holds. */
export const packedCore = async (): Promise<string> =>
  gzipSync(await coreBytes()).toString('base64');
