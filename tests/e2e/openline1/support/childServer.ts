import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process that has not ended by then hangs. */
const END_MS_MAX = 5_000;

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

interface Asked {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A server in a process of its own (a script beside this file), which answers what it is asked. */
export class ChildServer {
  private readonly child: ChildProcess;
  private readonly asked = new Map<number, Asked>();
  private newest = 0;
  private complaints = '';
  private readonly gone: Promise<void>;

  constructor(script: string) {
    const path = fileURLToPath(new URL(script, import.meta.url));
    this.child = fork(path, {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.child.stderr?.on('data', (text) => {
      this.complaints += text;
    });
    this.child.on('message', (answer) => this.settle(answer as Answer));
    this.gone = new Promise((resolve) => {
      this.child.on('exit', () => {
        const error = new Error(`the server has ended: ${this.complaints}`);
        for (const { reject } of this.asked.values()) reject(error);
        this.asked.clear();
        resolve();
      });
    });
  }

  /** Rejects with what the server's function threw, or when the server has ended. */
  ask<T>(question: string, detail: unknown = null): Promise<T> {
    this.newest += 1;
    const id = this.newest;
    return new Promise<T>((resolve, reject) => {
      this.asked.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.child.send({ id, question, detail }, (error) => {
        if (error) this.settle({ id, error: `${error.message}: ${this.complaints}` });
      });
    });
  }

  /** What it wrote to its standard error. */
  get said(): string {
    return this.complaints;
  }

  async stop(): Promise<void> {
    const kill = setTimeout(() => this.child.kill('SIGKILL'), END_MS_MAX);
    if (this.child.connected) this.child.disconnect();
    await this.gone;
    clearTimeout(kill);
  }

  private settle({ id, value, error }: Answer): void {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(error));
  }
}
