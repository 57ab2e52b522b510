// Runs one program of a suite, and answers for every process that it leaves behind.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const graceMs = 3_000;
const running = new Set();
let stopping = false;

/**
 * Runs a program without a shell; what it prints goes to `output`. Never rejects: `problem` says
 * what went wrong, and is undefined when the program ran and exited with 0.
 * @param {{ command: string[], output: { write(text: string): void }, environment?: object,
 *   timeoutMs: number }} step
 * @returns {Promise<{ code: number | null, problem?: string }>}
 */
export function runStep({ command, output, environment = {}, timeoutMs }) {
  return new Promise((resolve) => {
    const [program, ...parameters] = command;
    const child = spawn(program, parameters, {
      // A process group of its own, so that one signal reaches compilers, workers and browsers.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...colour(), ...environment },
    });
    running.add(child);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop(child);
    }, timeoutMs);

    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => output.write(text));
    }
    child.on('error', (error) => settle(null, `${program} could not be started: ${error.message}`));
    // A process left over would keep the pipes open, and 'close' would never come.
    child.on('exit', () => signalGroup(child, 'SIGKILL'));
    child.on('close', (code, signal) => {
      if (timedOut) settle(code, `${program} was stopped after ${timeoutMs / 1000} s`);
      else if (signal) settle(code, `${program} was ended by ${signal}`);
      else settle(code, code === 0 ? undefined : `${program} exited with ${code}`);
    });

    function settle(code, problem) {
      clearTimeout(timer);
      running.delete(child);
      // Between a signal and the exit nothing goes on, or the next program would be started.
      if (!stopping) resolve({ code, problem });
    }
  });
}

/** Ends everything that was started here when this program is told to end. */
export function stopStepsOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stopping = true;
      process.stderr.write(`\n${signal}: stopping what was started\n`);
      const children = [...running];
      for (const child of children) stop(child);
      const exit = () => process.exit(128 + constants.signals[signal]);
      const timer = setTimeout(exit, graceMs + 500);
      Promise.all(children.map((child) => new Promise((ended) => child.once('close', ended)))).then(
        () => {
          clearTimeout(timer);
          exit();
        },
      );
    });
  }
  process.on('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });
}

function stop(child) {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs).unref();
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

// The programs see a pipe, not the terminal that the pipe ends in.
function colour() {
  if (!process.stdout.isTTY || process.env.NO_COLOR) return {};
  return { FORCE_COLOR: '1', CLICOLOR_FORCE: '1' };
}
