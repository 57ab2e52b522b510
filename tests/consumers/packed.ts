import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = join(root, 'tests/consumers/app');

export interface Packed {
  /** What `npm publish` would upload. */
  readonly tarball: string;
  /** An application that has installed it, with the files of `app`. */
  readonly app: string;
}

/** Packs the package as it is built now, and installs it for an application of its own. */
export function packAndInstall(name: string): Packed {
  const folder = join(root, 'build/consumers', name);
  const app = join(folder, 'app');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(app, 'node_modules'), { recursive: true });
  // Without scripts: it is built, and prepack would build it again.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    stdio: 'ignore',
  });
  const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  cpSync(join(folder, 'package'), join(app, 'node_modules/openline'), { recursive: true });
  cpSync(sources, app, { recursive: true });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', type: 'module' }));
  return { tarball, app };
}

export { root };
