import type { LinearMemory } from './abiMemory.js';
import createGlue, { type Glue, type GlueSettings } from './glue.js';
import { instantiateScript, type ScriptCore } from './scriptCore.js';

/** What an instance is made of: the compiled module, or the same as a script. */
export type CoreCode = WebAssembly.Module | ScriptCore;

/** An instance of the module: its functions and its memory. */
export interface StartedGlue {
  readonly glue: Glue;
  readonly memory: LinearMemory;
}

/** Makes an instance. Rejects when the browser refuses it or it stops at once. */
export async function startGlue(
  code: CoreCode,
  settings: Omit<GlueSettings, 'instantiateWasm'>,
): Promise<StartedGlue> {
  let memory: LinearMemory | undefined;
  const glue = await new Promise<Glue>((resolve, reject) => {
    createGlue({
      ...settings,
      onAbort: (what) => {
        reject(new Error(`aborted: ${String(what)}`));
        settings.onAbort(what);
      },
      instantiateWasm: (imports, receive) => {
        instantiate(code, imports)
          .then((instance) => {
            memory = memoryOf(instance);
            receive(instance);
          })
          .catch(reject);
        return {};
      },
    }).then(resolve, reject);
  });
  return { glue, memory: memory as LinearMemory };
}

const isScript = (code: CoreCode): code is ScriptCore => typeof code === 'function';

function instantiate(code: CoreCode, imports: WebAssembly.Imports) {
  return isScript(code) ? instantiateScript(code, imports) : WebAssembly.instantiate(code, imports);
}

/** Found by what it has: Emscripten shortens the names of exports, and a script has no Memory. */
function memoryOf({ exports }: { readonly exports: WebAssembly.Exports }): LinearMemory {
  for (const each of Object.values(exports)) {
    if (typeof each === 'object' && 'buffer' in each) return each;
  }
  throw new Error('openline: the core exports no memory');
}
