import createGlue, { type Glue, type GlueSettings } from './glue.js';

/** An instance of the module: its functions and its memory. */
export interface StartedGlue {
  readonly glue: Glue;
  readonly memory: WebAssembly.Memory;
}

/** Instantiates the module. Rejects when the browser refuses it or it stops at once. */
export async function startGlue(
  module: WebAssembly.Module,
  settings: Omit<GlueSettings, 'instantiateWasm'>,
): Promise<StartedGlue> {
  let memory: WebAssembly.Memory | undefined;
  const glue = await new Promise<Glue>((resolve, reject) => {
    createGlue({
      ...settings,
      onAbort: (what) => {
        reject(new Error(`aborted: ${String(what)}`));
        settings.onAbort(what);
      },
      instantiateWasm: (imports, receive) => {
        WebAssembly.instantiate(module, imports)
          .then((instance) => {
            memory = memoryOf(instance);
            receive(instance);
          })
          .catch(reject);
        return {};
      },
    }).then(resolve, reject);
  });
  return { glue, memory: memory as WebAssembly.Memory };
}

/** Found by type: Emscripten shortens the names of exports. */
function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory {
  for (const each of Object.values(instance.exports)) {
    if (each instanceof WebAssembly.Memory) return each;
  }
  throw new Error('openline: the core exports no memory');
}
