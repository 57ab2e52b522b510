import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { OrderedOutput } from '../../scripts/lib/orderedOutput.js';
import { runStep } from '../../scripts/lib/runStep.js';

vi.setConfig({ testTimeout: 30_000 });

function sink() {
  const written = { text: '' };
  return { written, write: (text) => (written.text += text) };
}

test('output: the first section streams, the others wait for their turn', () => {
  const stream = sink();
  const output = new OrderedOutput(stream);
  const [first, second, third] = [output.section(), output.section(), output.section()];
  second.write('2');
  first.write('1');
  expect(stream.written.text).toBe('1');
  third.write('3');
  third.end();
  first.end();
  expect(stream.written.text).toBe('12');
  second.write('2');
  second.end();
  expect(stream.written.text).toBe('1223');
});

test('output: a section that waits keeps its beginning and end, and says what it left out', () => {
  const stream = sink();
  const output = new OrderedOutput(stream);
  const [first, second] = [output.section(), output.section()];
  const chunk = 'x'.repeat(999_999);
  second.write('the cause\n');
  for (let i = 0; i < 10; i += 1) second.write(`${chunk}\n`);
  second.write('the summary\n');
  first.end();
  expect(stream.written.text.length).toBeLessThan(4_100_000);
  expect(stream.written.text).toMatch(/^the cause\n/);
  expect(stream.written.text).toMatch(/the summary\n\(\d+ characters left out\)\n$/);
});

test('step: passes on what a program prints, and reports how it ended', async () => {
  const output = sink();
  const node = (code) => ({ command: ['node', '-e', code], output, timeoutMs: 20_000 });
  expect(await runStep(node('console.log(1); console.error(2)'))).toEqual({ code: 0 });
  expect(output.written.text).toMatch(/^(1\n2|2\n1)\n$/);
  expect((await runStep(node('process.exit(3)'))).problem).toBe('node exited with 3');
  expect((await runStep(node('process.kill(process.pid)'))).problem).toBe(
    'node was ended by SIGTERM',
  );
});

test('step: a program that is not there is a problem, not an exception', async () => {
  const step = { command: ['/nowhere/program'], output: sink(), timeoutMs: 20_000 };
  expect((await runStep(step)).problem).toMatch(/could not be started/);
});

// The parent prints the id of a child that would outlive it.
const parent = (afterwards) => `
  const child = require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
  console.log(child.pid); child.unref(); ${afterwards}`;

test('step: ends a program that takes too long, and what it started', async () => {
  const output = sink();
  const command = ['node', '-e', parent('setInterval(() => {}, 1e6)')];
  const { problem } = await runStep({ command, output, timeoutMs: 3_000 });
  expect(problem).toBe('node was stopped after 3 s');
  await expectGone(Number(output.written.text));
});

test('step: ends what a program left behind', async () => {
  const output = sink();
  const command = ['node', '-e', parent('setTimeout(() => process.exit(), 100)')];
  expect(await runStep({ command, output, timeoutMs: 20_000 })).toEqual({ code: 0 });
  await expectGone(Number(output.written.text));
});

test('step: a signal to the runner ends what it started, and starts nothing more', async () => {
  const module = fileURLToPath(new URL('../../scripts/lib/runStep.js', import.meta.url));
  const code = `
    import { runStep, stopStepsOnSignals } from ${JSON.stringify(module)};
    stopStepsOnSignals();
    const command = ['sh', '-c', 'echo $$; exec sleep 60'];
    await runStep({ command, output: process.stdout, timeoutMs: 60_000 });
    console.log('went on');`;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', code]);
  const [pid] = await once(runner.stdout.setEncoding('utf8'), 'data');
  let rest = '';
  runner.stdout.on('data', (text) => (rest += text));
  runner.kill('SIGINT');
  const [exitCode] = await once(runner, 'close');
  expect(exitCode).toBe(130);
  expect(rest).toBe('');
  await expectGone(Number(pid));
});

// An ended process keeps its id until whoever inherited it has reaped it.
async function expectGone(pid) {
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
