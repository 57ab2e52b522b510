import { describe, expect, it } from 'vitest';
import { checkLinks } from '../../../scripts/tidy/links.js';
import { projectOf } from '../../../scripts/tidy/project.js';
import { applyRatchet } from '../../../scripts/tidy/ratchet.js';
import { checkSizes } from '../../../scripts/tidy/sizes.js';
import { checkWords } from '../../../scripts/tidy/words.js';

const path = 'demo/page/start.js';
const long = `// ${'x'.repeat(100)}\n`;

function remaining(text, entry) {
  const findings = checkSizes(projectOf({ [path]: text }));
  return applyRatchet(findings, [{ path, reason: 'one table', ...entry }], 'ratchet.json');
}

function messages(findings) {
  return findings.map(({ message }) => message);
}

describe('the ratchet', () => {
  const rule = 'line-length';

  it('is silent about what has exactly the size it lists', () => {
    expect(remaining(long.repeat(2), { rule, size: 2 })).toEqual([]);
  });

  it('finds growth', () => {
    const found = messages(remaining(long.repeat(3), { rule, size: 2 }));
    expect(found).toEqual([expect.stringContaining('grew from 2 to 3')]);
  });

  it('asks to be lowered when something shrank, and to lose the entry when it is mended', () => {
    const found = messages(remaining(long, { rule, size: 2 }));
    expect(found).toEqual([expect.stringContaining('lower it to 1')]);
    expect(messages(remaining('', { rule, size: 1 }))).toEqual([expect.stringContaining('remove')]);
  });

  it('asks for a reason, for a size, and for one entry each', () => {
    const reasonless = messages(remaining(long, { rule, size: 1, reason: ' ' }));
    expect(reasonless).toEqual([expect.stringContaining('give a reason')]);
    expect(messages(remaining(long, { rule }))).toEqual([expect.stringContaining('size')]);
    const entry = { rule, path, size: 1, reason: 'one table' };
    const twice = applyRatchet(checkSizes(projectOf({ [path]: long })), [entry, entry], 'r.json');
    expect(messages(twice)).toEqual([expect.stringContaining('twice')]);
  });

  it('tells functions of one file apart by name', () => {
    const body = (name) => `function ${name}() {\n${'  x();\n'.repeat(60)}}\n`;
    const entry = { rule: 'function-length', name: 'a', size: 62 };
    const found = messages(remaining(body('a') + body('b'), entry));
    expect(found).toEqual([expect.stringMatching(/^b has 62 lines/)]);
  });

  it('excuses a missing test with a reason, but no other rule', () => {
    const at = (rule) => ({ rule, path, line: 1, message: 'm' });
    const entry = (rule) => ({ rule, path, reason: 'needs a browser' });
    expect(applyRatchet([at('mirrored-test')], [entry('mirrored-test')], 'r')).toEqual([]);
    const found = messages(applyRatchet([at('note')], [entry('note')], 'r'));
    expect(found).toEqual([expect.stringContaining('no exceptions')]);
  });
});

describe('sizes', () => {
  const test = (lines) => `it('a', () => {\n${'  x();\n'.repeat(lines - 2)}});\n`;
  const cppTest = (lines) => `TEST_CASE("a") {\n${'  x();\n'.repeat(lines - 2)}}\n`;

  it.each([
    ['tests/js/a.test.ts', test],
    ['tests/base/a_test.cpp', cppTest],
  ])('a test in %s may have 120 lines', (file, text) => {
    expect(checkSizes(projectOf({ [file]: text(120) }))).toEqual([]);
    expect(checkSizes(projectOf({ [file]: text(121) }))).toHaveLength(1);
  });

  it('a suite may be as long as its file, and the functions in it are counted', () => {
    const file = 'tests/js/a.test.ts';
    const suite = (inner) => `describe('a', () => {\n${inner}});\n`;
    expect(checkSizes(projectOf({ [file]: suite(test(100) + test(100)) }))).toEqual([]);
    const long = suite(`const f = () => {\n${'  x();\n'.repeat(60)}};\n`);
    expect(messages(checkSizes(projectOf({ [file]: long })))).toEqual([
      expect.stringMatching(/^f has 62 lines/),
    ]);
  });

  it('an address alone in a comment may run over the line', () => {
    const link = `https://example.org/${'x'.repeat(100)}`;
    expect(checkSizes(projectOf({ [path]: `// ${link}\n` }))).toEqual([]);
    expect(checkSizes(projectOf({ [path]: `// See ${link}\n` }))).toHaveLength(1);
  });
});

describe('words and links', () => {
  it('finds notes in comments alone where it can tell them', () => {
    const words = (texts) => checkWords(projectOf(texts)).length;
    expect(words({ 'demo/a.js': "const a = 'FIXME';\n" })).toBe(0);
    expect(words({ 'demo/a.js': '/* FIXME */\n' })).toBe(1);
    expect(words({ 'wasm/a.cpp': '// TODO(me): x\n' })).toBe(1);
    expect(words({ 'CMakeLists.txt': '', 'scripts/setup': '# FIXME\n' })).toBe(1);
  });

  it('takes code for no link, and finds images, folders and references', () => {
    const links = (text) => checkLinks(projectOf({ 'README.md': text, 'demo/page/a.js': '' }));
    expect(links('[a](demo/page) [b](demo/) [c](#d) [e](https://example.org)')).toEqual([]);
    expect(links('`[a](b)`\n```ts\nx[0](y)\n```\n')).toEqual([]);
    expect(links('![a](demo/b.png)')).toHaveLength(1);
    expect(links('[a]: demo/b.md\n')).toHaveLength(1);
  });
});
