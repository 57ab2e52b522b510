import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../../demo/server/index.js', import.meta.url));

/** The demo as `npm run demo` starts it, on a free port. */
export class DemoServer {
  static async start(): Promise<DemoServer> {
    const child = spawn(process.execPath, [entry], {
      env: { ...process.env, HOST: '127.0.0.1', PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\S+/.exec(line)?.[0];
      if (url !== undefined) return new DemoServer(child, url);
    }
    throw new Error('the demo server ended before it listened');
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}
