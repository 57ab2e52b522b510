import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const TOOLCHAIN = 'cmake/Modules/Platform/Emscripten.cmake';

/**
 * Emscripten's folder: that of the emcc on PATH, else the one in EMSDK. Ends the process without
 * one.
 */
export function findEmscripten() {
  for (const folder of candidates()) {
    if (existsSync(join(folder, TOOLCHAIN))) return folder;
  }
  console.error('openline: no Emscripten on PATH or in EMSDK; npm run setup installs one.');
  process.exit(1);
}

function* candidates() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const emcc = join(folder, 'emcc');
    if (folder === '' || !existsSync(emcc)) continue;
    yield dirname(realpathSync(emcc));
    // A wrapper of the distribution lies elsewhere than Emscripten itself.
    const { stdout } = spawnSync(join(folder, 'em-config'), ['EMSCRIPTEN_ROOT'], {
      encoding: 'utf8',
    });
    if (stdout) yield stdout.trim();
  }
  if (process.env.EMSDK) yield join(process.env.EMSDK, 'upstream/emscripten');
}
