import type { Core } from './core.js';
import { isBrowser } from './host.js';
import { messageOf, OpenlineError } from './openlineError.js';

/**
 * Where the core comes from, if not from its own chunk of the bundle. Where WebAssembly is
 * forbidden it comes from a chunk in any case.
 */
export interface CoreSource {
  /**
   * URL of `openline/core.wasm`, compiled while it streams in. With `documents` it is that of
   * `openline/core-documents.wasm`.
   */
  wasmUrl?: string | URL | undefined;
  /** The compiled module, or a promise of it. Wins over `wasmUrl`. */
  wasmModule?: WebAssembly.Module | Promise<WebAssembly.Module> | undefined;
  /**
   * Is about the module that lines with a `document` load instead: it has a source of its own, so a
   * page with both kinds of lines calls `preload` twice. @default false
   */
  documents?: boolean | undefined;
  /**
   * `true` says that this page may not run WebAssembly (a Content-Security-Policy without
   * `'wasm-unsafe-eval'`), so that openline does not try it: the policy would report the one
   * attempt as a violation. It then loads the core as JavaScript, as it does by itself once it has
   * found out. About the whole page, so both modules. @default false
   */
  withoutWasm?: boolean | undefined;
}

/** One of the two modules on this page: where it comes from, and the instance that lines share. */
interface Slot {
  readonly hasDocuments: boolean;
  readonly bundled: () => Promise<{ readonly default: string }>;
  source: CoreSource;
  loading: Promise<Core> | null;
}

const slot = (hasDocuments: boolean, bundled: Slot['bundled']): Slot => ({
  hasDocuments,
  bundled,
  source: {},
  loading: null,
});
const plain = slot(false, () => import('./wasm-bytes.js'));
const withDocuments = slot(true, () => import('./wasm-documents-bytes.js'));
const slotFor = (hasDocuments: boolean) => (hasDocuments ? withDocuments : plain);

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
  const hasDocuments = from?.documents === true;
  if (from?.withoutWasm) isForbidden = true;
  const chosen = slotFor(hasDocuments);
  if (from?.wasmUrl !== undefined || from?.wasmModule !== undefined) {
    const { source, loading } = chosen;
    const isOther = from.wasmUrl !== source.wasmUrl || from.wasmModule !== source.wasmModule;
    if (loading !== null && isOther) {
      throw new TypeError(
        'openline: the core is loading already; call preload({ wasmUrl }) or ' +
          'preload({ wasmModule }) before the first line is used.',
      );
    }
    chosen.source = from;
  }
  // Rendering on a server loads nothing.
  if (!isBrowser()) return Promise.resolve();
  return loadCore(hasDocuments).then(
    () => {},
    () => {},
  );
}

/** `preload()` as hooks call it, without what an app that names no source does not need. */
export function startLoading(hasDocuments?: boolean): void {
  if (isBrowser()) void loadCore(hasDocuments);
}

/**
 * The core, loaded once, and once more with documents for the lines that have one: the others go on
 * with the smaller. After a failure the next call tries anew.
 */
export function loadCore(hasDocuments = false): Promise<Core> {
  const chosen = slotFor(hasDocuments);
  if (chosen.loading === null) {
    // After a failure, or when the core has stopped, the next line starts a fresh one.
    const forget = () => {
      if (chosen.loading === mine) chosen.loading = null;
    };
    const mine = start(chosen, forget).catch((error: unknown) => {
      forget();
      throw loadError(error);
    });
    chosen.loading = mine;
    // Whoever awaits hears of a failure; nobody may be awaiting yet.
    mine.catch(() => {});
  }
  return chosen.loading;
}

async function start(slot: Slot, onStop: () => void): Promise<Core> {
  const { source, bundled, hasDocuments } = slot;
  if (forbidsWasm()) {
    return (await import('./wasmCore.js')).startScript(hasDocuments, onStop);
  }
  const isBundled = source.wasmUrl === undefined && source.wasmModule === undefined;
  const [{ startCore }, bytes] = await Promise.all([
    import('./wasmCore.js'),
    isBundled ? bundled() : undefined,
  ]);
  return startCore(source, bytes?.default, onStop);
}

/** What this page may do; asked once, because a policy reports each refusal as a violation. */
let isForbidden: boolean | undefined;

/** True without WebAssembly (Lockdown Mode), or where a policy forbids to run any. */
function forbidsWasm(): boolean {
  if (isForbidden === undefined) {
    try {
      // The shortest module, which is empty. WebKit lets it be compiled and refuses the instance.
      const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
      new WebAssembly.Instance(empty);
      isForbidden = false;
    } catch {
      isForbidden = true;
    }
  }
  return isForbidden;
}

function loadError(error: unknown): OpenlineError {
  const text =
    `the core could not be loaded (${messageOf(error)}); ` +
    'check that its chunk is served, then call reconnect()';
  return new OpenlineError('wasm', text, error);
}
