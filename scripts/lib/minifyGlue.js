import { minifySync } from 'vite';

// This is how the glue asks whether whoever starts it instantiates the module himself, which the
// client always does (js/src/core/glueStart.ts).
const IS_INSTANTIATED_BY_HOST = /\bif\s*\(Module\["instantiateWasm"\]\)/;

// It asks for WebAssembly and names its error, although a core that is a script needs neither.
const IS_WITHOUT_WASM = /\btypeof WebAssembly\s*!={1,2}\s*(["'])object\1/;
const ABORTED = /\bnew WebAssembly\.RuntimeError\(/g;

/**
 * Emscripten's glue as an ES module, minified, without the ways of fetching the module that it is
 * never asked for. A version of Emscripten that asks in other words keeps them, and works as well.
 */
export function minifyGlue(glue) {
  const { code, errors } = minifySync(
    'glue.js',
    glue
      .replace(IS_INSTANTIATED_BY_HOST, 'if(true)')
      .replace(IS_WITHOUT_WASM, 'false')
      .replace(ABORTED, 'new Error('),
    {
      module: true,
      compress: { target: 'es2022' },
      mangle: { toplevel: true },
    },
  );
  if (errors.length > 0) throw new Error(`openline: the glue is no module: ${errors[0].message}`);
  return code;
}
