import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Core } from '../../js/src/core/core.js';
import type { CoreCode } from '../../js/src/core/glueStart.js';
import { loadScript } from '../../js/src/core/scriptCore.js';
import { startCore, startScript } from '../../js/src/core/wasmCore.js';

type ModuleName = 'core.wasm' | 'core-documents.wasm';

/** A built module as the package ships it. */
export const coreBytes = (name: ModuleName = 'core.wasm'): Promise<Buffer> =>
  readFile(fileURLToPath(new URL(`../../dist/core/${name}`, import.meta.url)));

export const coreModule = async (name?: ModuleName): Promise<WebAssembly.Module> =>
  WebAssembly.compile(new Uint8Array(await coreBytes(name)));

/** What wasm-bytes.js holds. */
export const packedCore = async (): Promise<string> =>
  gzipSync(await coreBytes()).toString('base64');

/** True in vitest's project `script`, where the core is JavaScript (withoutWasm.ts). */
const isScript = typeof WebAssembly === 'undefined';

/** What an instance is made of here. */
export const coreCode = (name: ModuleName = 'core.wasm'): Promise<CoreCode> =>
  isScript ? loadScript(name === 'core-documents.wasm') : coreModule(name);

/** A core of its own. */
export const freshCore = async (onStop = () => {}): Promise<Core> =>
  isScript
    ? startScript(false, onStop)
    : startCore({ wasmModule: await coreModule() }, undefined, onStop);
