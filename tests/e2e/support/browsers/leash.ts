import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

// The shell leads a process group and waits for the end of a pipe. That comes with the end of this
// process at the latest, even when it is killed, and then all that was started is ended as well.
// $0 is the folder.
const LEASH = '"$@" 3>&- </dev/null & exec >/dev/null 2>&1; cat <&3; rm -rf "$0"; kill -KILL 0';
const START_TIMEOUT_MS = 20_000;

/** A program in a folder of its own; neither it nor what it starts outlives the tests. */
export class Leash {
  readonly folder: string;
  private readonly shell: ChildProcessByStdio<null, Readable, Readable>;
  private readonly hold: Writable;
  private readonly said: string[] = [];

  /** `command` gets the path of the folder, which is new and empty. */
  constructor(command: (folder: string) => readonly string[], environment = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'openline-browser-'));
    const [program = '', ...rest] = command(this.folder);
    this.shell = spawn('sh', ['-c', LEASH, this.folder, program, ...rest], {
      detached: true,
      env: { ...process.env, HOME: this.folder, XDG_RUNTIME_DIR: this.folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    }) as ChildProcessByStdio<null, Readable, Readable>;
    this.hold = this.shell.stdio[3] as Writable;
    this.hold.on('error', () => {});
  }

  /** Waits until the program has printed a line like that; answers what the pattern found. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    const found = Promise.race([this.seek(pattern, 'stdout'), this.seek(pattern, 'stderr')]);
    const timeout = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('it said nothing in time')), START_TIMEOUT_MS).unref();
    });
    try {
      return await Promise.race([found, timeout]);
    } catch (error) {
      throw new Error(`no ${pattern} in: ${this.said.join('\n')}`, { cause: error });
    }
  }

  private async seek(pattern: RegExp, stream: 'stdout' | 'stderr'): Promise<RegExpExecArray> {
    return new Promise((resolve) => {
      createInterface({ input: this.shell[stream] }).on('line', (line) => {
        if (this.said.length < 50) this.said.push(line);
        const match = pattern.exec(line);
        if (match) resolve(match);
      });
    });
  }

  async stop(): Promise<void> {
    const { shell } = this;
    if (shell.exitCode === null && shell.signalCode === null) {
      const exited = once(shell, 'exit');
      this.hold.end();
      await exited;
    }
    // What was killed may still be writing for a moment.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
