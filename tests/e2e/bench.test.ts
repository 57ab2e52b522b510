import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const bench = fileURLToPath(new URL('../bench/', import.meta.url));

it.each([
  { script: 'size.js', says: [/app bundle +\d+/] },
  { script: 'mount.js', says: [/cold, from mount +[\d.]+/, /warm, from mount +[\d.]+/] },
  { script: 'send.js', says: [/texts sent.*\n.*\n +in the loops +[\d.]+/, /texts received/] },
  { script: 'firehose.js', says: [/plain, .* a second +\d+/, /times as many\n/] },
  { script: 'board.js', says: [/a second +\d+.*\n.*JavaScript values/s, /changed in sight: 0/] },
  { script: 'echo.js', says: [/naive +[\d.]+/, /openline +[\d.]+/] },
  { script: 'ingest.js', says: [/binary frames of 50 +[\d.]+/, /1000 changed +[\d.]+/] },
  { script: 'ticker.js', says: [/flood.*\n.*\n +openline +[\d.]+/, /the server has them: 0/] },
])('the bench $script runs and says what it measured', async ({ script, says }) => {
  const run = promisify(execFile)(process.execPath, [`${bench}${script}`, '--smoke'], {
    timeout: 110_000,
  });
  const { stdout, stderr } = await run;
  expect(stderr).toBe('');
  for (const each of says) expect(stdout).toMatch(each);
});
