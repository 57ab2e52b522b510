import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const finder = fileURLToPath(new URL('../../../../scripts/lib/findBrowsers.js', import.meta.url));

/** The programs by which the tests drive an engine, as set-up has found them. */
export function pathsOf(browser: 'firefox' | 'webkit'): string[] {
  // The first line is for people.
  return ask(browser).slice(1);
}

/** The engines that the environment wants left out. */
export function leftOut(): string[] {
  return ask('left-out');
}

/** 140 does not know WebDriver BiDi's emulation.setNetworkConditions, 153 does. */
const FIREFOX_THAT_GOES_OFFLINE = 153;

/** Can this engine be told that its network is gone? WebKitGTK and older Firefoxes cannot. */
export function canGoOffline(engine: 'chromium' | 'firefox' | 'webkit'): boolean {
  if (engine === 'chromium') return true;
  if (engine === 'webkit') return false;
  firefoxGoesOffline ??= !leftOut().includes('firefox') && isNewFirefox();
  return firefoxGoesOffline;
}

let firefoxGoesOffline: boolean | undefined;

function isNewFirefox(): boolean {
  const [firefox = ''] = pathsOf('firefox');
  const version = execFileSync(firefox, ['--version'], { encoding: 'utf8' });
  const canIt = Number(/(\d+)\./.exec(version)?.[1]) >= FIREFOX_THAT_GOES_OFFLINE;
  if (!canIt) console.log(`${version.trim()} cannot be taken offline: events are made instead`);
  return canIt;
}

function ask(question: string): string[] {
  try {
    const answer = execFileSync(process.execPath, [finder, question], { encoding: 'utf8' });
    return answer.split('\n').filter(Boolean);
  } catch (error) {
    throw new Error(`there is no ${question} here: run scripts/setup test`, { cause: error });
  }
}
