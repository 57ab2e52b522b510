// Which Firefox and which WebKitGTK the browser tests drive, and which of them they leave out.
// scripts/setup asks it from the command line, so that both agree.
// Run: node scripts/lib/findBrowsers.js firefox|webkit|left-out
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const mayBeLeftOut = ['firefox', 'webkit'];
const firefoxNames = ['firefox-esr', 'firefox'];
const macFirefox = '/Applications/Firefox.app/Contents/MacOS/firefox';
const versionTimeoutMs = 20_000;

/**
 * What $OPENLINE_WITHOUT_BROWSERS names. The tests count and tell what they leave out; a name that
 * is none of theirs throws, or a slip of the pen would leave out nothing and not say so.
 * @returns {string[]}
 */
export function browsersLeftOut(environment = process.env) {
  const names = (environment.OPENLINE_WITHOUT_BROWSERS ?? '').split(/[\s,]+/).filter(Boolean);
  const unknown = names.find((name) => !mayBeLeftOut.includes(name));
  if (unknown === undefined) return names;
  throw new Error(
    `OPENLINE_WITHOUT_BROWSERS has ${unknown}; it may name ${mayBeLeftOut.join(' and ')}.`,
  );
}

/**
 * A Firefox that answers --version, which the stub of Ubuntu's snap does not. The snap itself is
 * passed over: it cannot read a profile in the system's temporary folder. $OPENLINE_FIREFOX
 * overrides the search, and throws when it does not work.
 * @returns {{ path: string, version: string } | undefined}
 */
export function findFirefox(environment = process.env) {
  const chosen = environment.OPENLINE_FIREFOX;
  if (chosen) {
    const version = firefoxVersion(chosen);
    if (version !== undefined) return { path: chosen, version };
    throw new Error(`OPENLINE_FIREFOX is ${chosen}, which is no Firefox that answers --version.`);
  }
  const onPath = firefoxNames.flatMap((name) => pathsOf(name, environment));
  const others = process.platform === 'darwin' ? [macFirefox] : [];
  for (const path of [...onPath.filter((one) => !isSnap(one)), ...others]) {
    const version = firefoxVersion(path);
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

/**
 * WebKitGTK's WebDriver and the small browser of the same version, which distributions put beside
 * the library.
 * @returns {{ driver: string, browser: string } | undefined}
 */
export function findWebkit(environment = process.env) {
  for (const driver of pathsOf('WebKitWebDriver', environment)) {
    const prefix = dirname(realpathSync(dirname(driver)));
    const libraries = ['lib', 'lib64', 'libexec'].map((name) => join(prefix, name));
    // Debian's lie a folder deeper, lib/x86_64-linux-gnu.
    const folders = [...libraries, ...libraries.flatMap((folder) => inFolder(folder, /-linux-/))];
    const own = folders.flatMap((folder) => inFolder(folder, /^webkit2?gtk-/));
    const browser = own.map((folder) => join(folder, 'MiniBrowser')).find(isExecutable);
    if (browser !== undefined) return { driver, browser };
  }
  return undefined;
}

function inFolder(folder, pattern) {
  try {
    const names = readdirSync(folder).filter((name) => pattern.test(name));
    return names.map((name) => join(folder, name));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  }
}

function pathsOf(name, environment) {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).filter(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Ubuntu's /usr/bin/firefox is a small script that starts the snap.
function isSnap(path) {
  if (path.startsWith('/snap/') || realpathSync(path).endsWith('/snap')) return true;
  return statSync(path).size < 10_000 && readFileSync(path, 'utf8').includes('/snap/bin/');
}

function firefoxVersion(path) {
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: versionTimeoutMs });
  const version = /^Mozilla Firefox (\d+\S*)/m.exec(answer.stdout ?? '')?.[1];
  return answer.status === 0 ? version : undefined;
}

/** The first line of what was found is for people. */
function answerTo(question) {
  switch (question) {
    case 'left-out':
      return browsersLeftOut().join('\n');
    case 'firefox': {
      const found = findFirefox();
      return found && `${found.version} at ${found.path}\n${found.path}`;
    }
    case 'webkit': {
      const found = findWebkit();
      return found && `at ${found.driver}\n${found.driver}\n${found.browser}`;
    }
    default:
      throw new Error(`unknown question '${question}'`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const answer = answerTo(process.argv[2]);
    if (answer) console.log(answer);
    process.exitCode = answer === undefined ? 1 : 0;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
