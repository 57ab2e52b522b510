import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const entry = fileURLToPath(new URL('../../../demo/server/index.js', import.meta.url));

function run(env) {
  const child = spawn(process.execPath, [entry], { env: { ...process.env, ...env } });
  const lines = createInterface({ input: child.stdout });
  return { child, lines, exited: once(child, 'exit') };
}

describe('node demo/server/index.js', () => {
  test.each(['SIGINT', 'SIGTERM'])('it says where it is and leaves on %s', async (signal) => {
    const { child, lines, exited } = run({ PORT: '0', HOST: '' });
    const [line] = await once(lines, 'line');
    const [, address] = /^openline demo: (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(line);
    expect((await fetch(address)).status).toBe(200);
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
  });

  test('a port that is taken is refused in words, since it was asked for', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address();
    const { child, exited } = run({ PORT: String(port) });
    const [text] = await Promise.all([child.stderr.toArray(), exited]);
    expect(Buffer.concat(text).toString()).toContain(`Port ${port} is taken.`);
    expect(child.exitCode).toBe(1);
    other.close();
  });

  test.each(['x', '-1', '65536', '1.5'])('PORT=%s is refused in words', async (port) => {
    const { child, exited } = run({ PORT: port });
    const [text] = await Promise.all([child.stderr.toArray(), exited]);
    expect(Buffer.concat(text).toString()).toContain('PORT must be a whole number');
    expect(child.exitCode).toBe(1);
  });
});
