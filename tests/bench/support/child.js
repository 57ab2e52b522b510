// Both ends of a line in processes of their own, which the benchmark calls like functions.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts `support/<name>.js` as a process. `call(what, ...args)` asks it, `close()` ends it; when
 * it dies early, whatever was asked is rejected.
 */
export function startChild(name, { execArgv = [] } = {}) {
  const child = fork(fileURLToPath(new URL(`${name}.js`, import.meta.url)), { execArgv });
  const waiting = new Map();
  let newest = 0;
  child.on('message', ({ id, value, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(`${name}: ${error}`));
  });
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`${name} has ended with ${code ?? signal}`));
    }
    waiting.clear();
  });
  return {
    call(what, ...args) {
      newest += 1;
      const id = newest;
      return new Promise((resolve, reject) => {
        if (!child.connected) throw new Error(`${name} has ended`);
        waiting.set(id, { resolve, reject });
        child.send({ id, what, args });
      });
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

/** In the process: answers by these functions, and ends when the benchmark does. */
export function answerCalls(functions) {
  process.on('message', async ({ id, what, args }) => {
    let answer;
    try {
      answer = { id, value: await functions[what](...args) };
    } catch (error) {
      answer = { id, error: String(error?.stack ?? error) };
    }
    if (process.connected) process.send(answer);
  });
  process.on('disconnect', () => process.exit());
}
