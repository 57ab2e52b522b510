import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/browsers/browser.js';
import { engines, stageIn } from '../support/browsers/engines.js';

const leash = fileURLToPath(new URL('../support/browsers/leash.ts', import.meta.url));
const PNG = [0x89, 0x50, 0x4e, 0x47];

describe.each(engines)('in %s', (_, engine) => {
  const stage = stageIn(engine);

  it('hides and shows a page, and takes a picture of it', async () => {
    const { app, page } = stage;
    const visibility = () => page.evaluate(() => document.visibilityState);
    await app.open();
    expect(await visibility()).toBe('visible');
    await page.hide();
    expect(await visibility()).toBe('hidden');
    await page.show();
    expect(await visibility()).toBe('visible');
    expect([...(await page.screenshot()).subarray(0, 4)]).toEqual(PNG);
  });
});

describe('a leash', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openline-leash-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('ends a program, what that started and its folder when the tests are killed', async () => {
    const outfile = join(folder, 'leash.mjs');
    await build({ entryPoints: [leash], bundle: true, platform: 'node', format: 'esm', outfile });
    const code = `
      import { Leash } from ${JSON.stringify(outfile)};
      const held = new Leash(() => ['sh', '-c', 'sleep 60 & echo $! $$; wait']);
      const [, child, parent] = await held.line(/^(\\d+) (\\d+)$/);
      console.log(JSON.stringify({ folder: held.folder, ids: [Number(child), Number(parent)] }));
      setInterval(() => {}, 1e6);`;
    const tests = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: tests.stdout })[Symbol.asyncIterator]();
    const held = JSON.parse((await lines.next()).value as string);
    expect(held.ids.map(isRunning)).toEqual([true, true]);
    expect(existsSync(held.folder)).toBe(true);
    tests.kill('SIGKILL');
    await waitUntil('all is gone', () => !existsSync(held.folder) && !held.ids.some(isRunning));
  });
});

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
