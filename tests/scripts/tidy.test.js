// Every check of scripts/tidy on a small project in a temporary folder: each is seen to fail on
// what it is for, and to pass on the same project put right. tests/scripts/tidy/ has the details.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tidy } from '../../scripts/tidy/index.js';
import { readProject } from '../../scripts/tidy/project.js';

vi.setConfig({ testTimeout: 60_000 }); // git is slow to start on a machine that compiles

const script = resolve('scripts/tidy/index.js');
const header = '#pragma once\n';
const lines = (count, text = 'x();') => `${text}\n`.repeat(count);

// What is wrong and how it is put right; `null` removes a file.
const cases = [
  {
    rule: 'an include of a higher folder',
    wrong: { 'wasm/openline/base/time.hpp': `${header}#include <openline/client/client.hpp>\n` },
    right: { 'wasm/openline/base/time.hpp': `${header}#include <cstdint>\n` },
    says: 'wasm/openline/base/time.hpp:2: base may not include <openline/client/client.hpp>',
  },
  {
    rule: 'an import of React outside js/src/react',
    wrong: { 'js/src/types.ts': "export type { ReactNode } from 'react';\n" },
    right: { 'js/src/types.ts': "export type { Line } from './core/line.js';\n" },
    says: "js/src/types.ts:1: only js/src/react may import 'react'",
  },
  {
    rule: 'a timer outside the host',
    wrong: { 'js/src/server/later.d.ts': '', 'js/src/core/line.d.ts': 'setTimeout(f, 1);\n' },
    right: { 'js/src/core/line.d.ts': null, 'js/src/core/host.d.ts': '' },
    says: 'js/src/core/line.d.ts:1: setTimeout is the outside world',
  },
  {
    rule: 'a file that is too long',
    wrong: { 'demo/page/start.js': lines(251) },
    right: { 'demo/page/start.js': lines(250) },
    says: 'demo/page/start.js:251: the file has 251 lines, more than 250',
  },
  {
    rule: 'a function that is too long',
    wrong: { 'demo/page/start.js': `function start() {\n${lines(59)}}\n` },
    right: { 'demo/page/start.js': `function start() {\n${lines(58)}}\n` },
    says: 'demo/page/start.js:1: start has 61 lines, more than 60',
  },
  {
    rule: 'a line that is too long, in a shell script without an ending',
    wrong: { 'scripts/setup': `#!/usr/bin/env bash\n# ${'x'.repeat(99)}\n` },
    right: { 'scripts/setup': `#!/usr/bin/env bash\n# ${'x'.repeat(98)}\n` },
    says: 'scripts/setup:2: the line has 101 characters, more than 100',
  },
  {
    rule: 'a fifth parameter',
    wrong: { 'bindings/shape.h': `${header}int shape(int a, int b, int c, int d, int e);\n` },
    right: { 'bindings/shape.h': `${header}int shape(int a, int b, int c, int d);\n` },
    says: 'bindings/shape.h:2: shape has 5 parameters, more than 4',
  },
  {
    rule: 'a source without its test',
    wrong: { 'js/src/core/status.ts': 'export const status = 1;\n' },
    right: { 'tests/js/core/status.test.ts': '' },
    says: 'js/src/core/status.ts:1: write its test tests/js/core/status.test.ts',
  },
  {
    rule: 'a test without its source',
    wrong: { 'tests/js/core/gone.test.ts': '' },
    right: { 'tests/js/core/gone.test.ts': null },
    says: 'tests/js/core/gone.test.ts:1: no source is called like js/core/gone',
  },
  {
    rule: 'a C++ test that is never compiled',
    wrong: { 'tests/base/time_test.cpp': '', 'wasm/openline/base/time.hpp': header },
    right: { 'tests/CMakeLists.txt': 'add_executable(tests base/time_test.cpp)\n' },
    says: 'tests/base/time_test.cpp:1: no CMakeLists.txt in tests lists it',
  },
  {
    rule: 'a function of the ABI that is not exported',
    wrong: { 'bindings/openline_abi.h': `${header}void ol_line_open(int line);\n` },
    right: {
      'bindings/exports.txt': '# lines\nol_line_open\n',
      'js/src/core/abi.ts': 'glue._ol_line_open(1);\n',
      'tests/js/core/abi.test.ts': '',
    },
    says: 'bindings/openline_abi.h:2: ol_line_open is not in bindings/exports.txt',
  },
  {
    rule: 'a note without an issue number',
    wrong: { 'demo/page/start.js': '// TODO: later\n' },
    right: { 'demo/page/start.js': '// TODO(#12): later\n' },
    says: 'demo/page/start.js:1: a TODO carries an issue number',
  },
  {
    rule: 'a file name that says nothing',
    wrong: { 'demo/page/lineUtils.js': '' },
    right: { 'demo/page/lineUtils.js': null },
    says: "demo/page/lineUtils.js:1: 'Util' says nothing in a name",
  },
  {
    rule: 'a built file',
    wrong: { 'demo/core.wasm': '\0asm' },
    right: { 'demo/core.wasm': null },
    says: 'demo/core.wasm:1: a built file',
  },
  {
    rule: 'a file that is too large',
    wrong: { 'demo/rows.json': ' '.repeat(500_001) },
    right: { 'demo/rows.json': ' '.repeat(500_000) },
    says: 'demo/rows.json:1: 500001 bytes, more than 500000',
  },
  {
    rule: 'a dead link',
    wrong: { 'README.md': '# openline\n\nSee [the protocol](PROTOCOL.md#frames).\n' },
    right: { 'PROTOCOL.md': '# Frames\n' },
    says: 'README.md:3: the link to PROTOCOL.md#frames is dead',
  },
  {
    rule: 'an exception that is no longer needed',
    wrong: {
      'scripts/tidy/ratchet.json': JSON.stringify([
        { rule: 'file-length', path: 'demo/page/start.js', size: 300, reason: 'one table' },
      ]),
    },
    right: { 'scripts/tidy/ratchet.json': '[]' },
    says: 'scripts/tidy/ratchet.json:1: entry 1 (file-length demo/page/start.js): within the limit',
  },
];

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openline-tidy-'));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(files) {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) rmSync(join(root, path));
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
}

function findings() {
  const found = tidy(readProject(root));
  return found.map(({ path, line, message }) => `${path}:${line}: ${message}`);
}

describe('tidy', () => {
  it.each(cases)('reports $rule, and nothing once it is put right', ({ wrong, right, says }) => {
    write(wrong);
    expect(findings()).toEqual([expect.stringContaining(says)]);
    write(right);
    expect(findings()).toEqual([]);
  });

  it('gives its findings in the order of paths and lines', () => {
    write({ 'demo/b.js': '// TODO: one\n\n// TODO: two\n', 'demo/a.js': '// TODO: three\n' });
    const places = findings().map((line) => /^\S+:\d+/.exec(line)[0]);
    expect(places).toEqual(['demo/a.js:1', 'demo/b.js:1', 'demo/b.js:3']);
  });

  it('looks at files that git does not track yet, but not at ignored or deleted ones', () => {
    write({ 'demo/a.js': '', 'demo/old.js': '// TODO: gone\n' });
    execFileSync('git', ['add', '.'], { cwd: root });
    write({ '.gitignore': '/build/\n', 'build/made.js': '// TODO: made\n', 'demo/old.js': null });
    expect(findings()).toEqual([]);
    write({ 'demo/new.js': '// TODO: new\n' });
    expect(findings()).toEqual([expect.stringContaining('demo/new.js:1')]);
  });

  it('prints one line a finding and exits with 1, or one line in all and with 0', () => {
    const run = () => spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
    write({ 'demo/a.js': '// TODO: one\n' });
    expect(run()).toMatchObject({
      status: 1,
      stdout: 'demo/a.js:1: a TODO carries an issue number, like TODO(#12)\n',
      stderr: 'tidy: 1 finding in 1 file\n',
    });
    write({ 'demo/a.js': '' });
    expect(run()).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^tidy: 1 file, .+\n$/),
    });
  });
});
