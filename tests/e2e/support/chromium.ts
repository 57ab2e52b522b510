import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** What every Chromium here is started with. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine, headless. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
}

export function chromiumPath(): string {
  const chosen = process.env['OPENLINE_CHROMIUM'];
  if (chosen) return chosen;
  const finder = fileURLToPath(new URL('../../../scripts/lib/findChromium.js', import.meta.url));
  // It prints `<version> <path>`.
  const found = execFileSync(process.execPath, [finder], { encoding: 'utf8' }).trim();
  return found.slice(found.indexOf(' ') + 1);
}
