// The core where WebAssembly is forbidden: the same module, translated to JavaScript by the build
// (scripts/lib/scriptCore.js). Each is a chunk of its own that nobody else loads.

/**
 * Makes an instance: takes what the module imports, by name, and answers what it exports.
 *
 * A fault that traps in WebAssembly throws here as well, but for an access beyond the memory, which
 * reads 0 and writes nothing.
 */
export type ScriptCore = (imports: WebAssembly.ModuleImports) => WebAssembly.Exports;

export async function loadScript(hasDocuments: boolean): Promise<ScriptCore> {
  const { default: script } = await (hasDocuments
    ? import('./core-documents-script.js')
    : import('./core-script.js'));
  return script;
}

/** As WebAssembly.instantiate does. */
export async function instantiateScript(
  script: ScriptCore,
  imports: WebAssembly.Imports,
): Promise<{ readonly exports: WebAssembly.Exports }> {
  // For what is an `unreachable` in the module; the names of the others are shorter.
  const abort = () => {
    throw new Error('unreachable');
  };
  return { exports: script(Object.assign({ abort }, ...Object.values(imports))) };
}
