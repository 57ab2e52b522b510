// Which Chromium the browser tests drive. scripts/setup asks it from the command line, so that both
// agree.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApplications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const versionTimeoutMs = 20_000;

/**
 * Finds a Chromium that answers `--version`; only asking tells it from Ubuntu's snap stub, which
 * has the same name. $OPENLINE_CHROMIUM overrides the search: when it is set and does not work,
 * this throws instead of taking another one.
 * @returns {{ path: string, version: string } | undefined}
 */
export function findChromium(environment = process.env) {
  const chosen = environment.OPENLINE_CHROMIUM;
  if (chosen) {
    const version = versionOf(chosen);
    if (version === undefined) {
      throw new Error(
        `OPENLINE_CHROMIUM is ${chosen}, which is not a Chromium that answers --version.`,
      );
    }
    return { path: chosen, version };
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...onPath, ...(process.platform === 'darwin' ? macApplications : [])]) {
    const version = versionOf(path);
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

function versionOf(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return undefined;
  }
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: versionTimeoutMs });
  const version = /^(?:Chromium|Google Chrome)[^\d]*(\d+(?:\.\d+)*)/m.exec(
    answer.stdout ?? '',
  )?.[1];
  return answer.status === 0 ? version : undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const found = findChromium();
    if (found) console.log(`${found.version} ${found.path}`);
    process.exitCode = found ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
