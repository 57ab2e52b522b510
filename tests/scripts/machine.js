// A machine in a folder: scripts/setup runs there with a PATH of stand-ins, which write down how
// they were called.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const real = 'bash cat cut dirname env grep mkdir mktemp rm sed sha256sum shasum tail tr uname';

/** What `scripts/setup test lint` finds on a machine that has everything. */
const complete = {
  cmake: 'echo "cmake version 3.25.1"',
  ninja: '',
  emcc: 'echo "emcc (Emscripten gcc/clang-like replacement) 3.1.6 ()"',
  'g++': '',
  'clang++': 'echo "$MACHINE/clang"',
  'clang-format': '',
  'clang-tidy': '',
  chromium: 'echo "Chromium 150.0.7871.100 built on Debian"',
  'firefox-esr': 'echo "Mozilla Firefox 153.7.0esr"',
  WebKitWebDriver: '',
  Xvfb: '',
  npm: 'mkdir -p node_modules',
  id: 'echo 0',
};

export class Machine {
  #root = mkdtempSync(join(tmpdir(), 'openline-machine-'));
  #bin = join(this.#root, 'bin');
  #app = join(this.#root, 'app');

  constructor(commands = {}) {
    for (const folder of [this.#bin, join(this.#root, 'clang/lib/linux'), this.#app]) {
      mkdirSync(folder, { recursive: true });
    }
    for (const header of ['catch2/catch.hpp', 'nlohmann/json.hpp']) {
      mkdirSync(join(this.#root, 'include', header), { recursive: true });
    }
    writeFileSync(join(this.#root, 'clang/lib/linux/libclang_rt.asan.a'), '');
    const webkit = join(this.#root, 'lib/x86_64-linux-gnu/webkit2gtk-4.1');
    mkdirSync(webkit, { recursive: true });
    writeFileSync(join(webkit, 'MiniBrowser'), '', { mode: 0o755 });
    cpSync(join(repository, 'scripts/setup'), join(this.#app, 'scripts/setup'));
    cpSync(join(repository, 'scripts/lib'), join(this.#app, 'scripts/lib'), { recursive: true });
    this.write('package.json', '{"type":"module"}');
    this.write('package-lock.json', '{}');
    for (const name of real.split(' ')) this.#link(name, whereIs(name));
    this.#link('node', process.execPath);
    for (const [name, body] of Object.entries({ ...complete, ...commands })) {
      if (body !== null) this.command(name, body);
    }
  }

  /** Puts a stand-in on PATH; its body is shell. */
  command(name, body) {
    const path = join(this.#bin, name);
    rmSync(path, { force: true });
    const record = `printf '%s\\n' "${name} $*" >>"$MACHINE/calls"`;
    writeFileSync(path, `#!${whereIs('bash')}\n${record}\n${body}\n`);
    chmodSync(path, 0o755);
  }

  write(path, text) {
    writeFileSync(join(this.#app, path), text);
  }

  /** Runs scripts/setup. `calls` are those of programs whose name starts with one of `of`. */
  setup(purposes, { environment = {}, of = ['npm', 'apt', 'dpkg', 'sudo'] } = {}) {
    const calls = join(this.#root, 'calls');
    rmSync(calls, { force: true });
    const ran = spawnSync(join(this.#app, 'scripts/setup'), purposes, {
      encoding: 'utf8',
      env: {
        PATH: this.#bin,
        MACHINE: this.#root,
        CMAKE_PREFIX_PATH: this.#root,
        TMPDIR: this.#root,
        ...environment,
      },
    });
    const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
    return {
      code: ran.status,
      text: ran.stdout + ran.stderr,
      calls: called.filter((line) => of.some((name) => line.startsWith(name))),
    };
  }

  remove() {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #link(name, target) {
    if (target !== undefined) symlinkSync(target, join(this.#bin, name));
  }
}

function whereIs(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
