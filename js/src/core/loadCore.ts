import type { Core } from './core.js';
import { isBrowser } from './host.js';
import { messageOf, OpenlineError } from './openlineError.js';

/** Where the core comes from, if not from its own chunk of the bundle. */
export interface CoreSource {
  /** URL of `openline/core.wasm`, compiled while it streams in. */
  wasmUrl?: string | URL | undefined;
  /** The compiled module, or a promise of it. Wins over `wasmUrl`. */
  wasmModule?: WebAssembly.Module | Promise<WebAssembly.Module> | undefined;
}

let source: CoreSource = {};
let loading: Promise<Core> | null = null;

/**
 * Starts the download of the core before the first line needs it. Lines start it by themselves when
 * their first hook renders in a browser, so this is for going earlier, or for `wasmUrl` and
 * `wasmModule`, which must be given before that.
 *
 * Never rejects: whether the core works shows in the status of a line (`failed`, reason `wasm`).
 *
 * @throws TypeError when another source is given although the core is loading already.
 */
export function preload(from?: CoreSource): Promise<void> {
  if (from?.wasmUrl !== undefined || from?.wasmModule !== undefined) {
    const isOther = from.wasmUrl !== source.wasmUrl || from.wasmModule !== source.wasmModule;
    if (loading !== null && isOther) {
      throw new TypeError(
        'openline: the core is loading already; call preload({ wasmUrl }) or ' +
          'preload({ wasmModule }) before the first line is used.',
      );
    }
    source = from;
  }
  // Rendering on a server loads nothing.
  if (!isBrowser()) return Promise.resolve();
  return loadCore().then(
    () => {},
    () => {},
  );
}

/** The core, loaded once. After a failure the next call tries anew. */
export function loadCore(): Promise<Core> {
  if (loading === null) {
    // After a failure, or when the core has stopped, the next line starts a fresh one.
    const forget = () => {
      if (loading === mine) loading = null;
    };
    const mine = start(source, forget).catch((error: unknown) => {
      forget();
      throw loadError(error);
    });
    loading = mine;
    // Whoever awaits hears of a failure; nobody may be awaiting yet.
    mine.catch(() => {});
  }
  return loading;
}

async function start(from: CoreSource, onStop: () => void): Promise<Core> {
  if (typeof WebAssembly !== 'object') {
    throw new Error('this browser has no WebAssembly, or it is switched off');
  }
  const isBundled = from.wasmUrl === undefined && from.wasmModule === undefined;
  const [{ startCore }, bytes] = await Promise.all([
    import('./wasmCore.js'),
    isBundled ? import('./wasm-bytes.js') : undefined,
  ]);
  return startCore(from, bytes?.default, onStop);
}

function loadError(error: unknown): OpenlineError {
  const mayBePolicy = /CompileError|Content Security|unsafe-eval/i.test(`${error}`);
  const remedy = mayBePolicy
    ? "if the page has a Content-Security-Policy, its script-src needs 'wasm-unsafe-eval'"
    : 'check that its chunk is served, then call reconnect()';
  const text = `the WebAssembly core could not be loaded (${messageOf(error)}); ${remedy}`;
  return new OpenlineError('wasm', text, error);
}
