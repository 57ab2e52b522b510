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

function ask(question: string): string[] {
  try {
    const answer = execFileSync(process.execPath, [finder, question], { encoding: 'utf8' });
    return answer.split('\n').filter(Boolean);
  } catch (error) {
    throw new Error(`there is no ${question} here: run scripts/setup test`, { cause: error });
  }
}
