import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './readme.js';

// tests/CASES.md says which test shows which case. A row that names a test that is not there, or a
// case without a row, is a failure: no case may be lost when a test is renamed.

const COUNT = 59;

interface Row {
  readonly number: number;
  readonly file: string;
  readonly name: string;
}

/** A row without a number belongs to the case above it. */
function rows(): Row[] {
  const found: Row[] = [];
  let number = 0;
  for (const line of readFileSync(join(root, 'tests/CASES.md'), 'utf8').split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, at = '', , path = '', name = ''] = cells;
    const file = /^`(tests\/[^`]+)`$/.exec(path)?.[1];
    if (cells.length !== 6 || file === undefined) continue;
    if (/^\d+$/.test(at)) number = Number(at);
    found.push({ number, file, name });
  }
  return found;
}

describe('the table of cases', () => {
  const all = rows();

  test(`has every case from 1 to ${COUNT}, in order`, () => {
    const numbers = [...new Set(all.map(({ number }) => number))];
    expect(numbers).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));
  });

  test.each(all)('case $number: $name', ({ file, name }) => {
    expect(name).not.toBe('');
    expect(sourceOf(file)).toContain(name);
  });
});

/** With strings that were broken over lines joined again. */
function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
    .replace(/"\s*\n\s*"/g, '')
    .replace(/\\'/g, "'");
}
