import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

type ModuleName = 'core.wasm' | 'core-documents.wasm';

/** A built module as the package ships it. */
export const coreBytes = (name: ModuleName = 'core.wasm'): Promise<Buffer> =>
  readFile(fileURLToPath(new URL(`../../dist/core/${name}`, import.meta.url)));

export const coreModule = async (name?: ModuleName): Promise<WebAssembly.Module> =>
  WebAssembly.compile(new Uint8Array(await coreBytes(name)));

/** What wasm-bytes.js holds. */
export const packedCore = async (): Promise<string> =>
  gzipSync(await coreBytes()).toString('base64');
