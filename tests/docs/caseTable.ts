import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './readme.js';

/** A case and a test that shows it. */
export interface CaseRow {
  /** What its first cell says; a row without one belongs to the case above it. */
  readonly at: string;
  readonly file: string;
  readonly name: string;
}

/** The rows `| case | what | test file | test |` of a page under tests/. */
export function caseRows(page: string): CaseRow[] {
  const found: CaseRow[] = [];
  let current = '';
  for (const line of readFileSync(join(root, 'tests', page), 'utf8').split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, at = '', , path = '', name = ''] = cells;
    const file = /^`(tests\/[^`]+)`$/.exec(path)?.[1];
    if (cells.length !== 6 || file === undefined) continue;
    if (at !== '') current = at;
    found.push({ at: current, file, name });
  }
  return found;
}

/** Each test that a row names is in its file. */
export function testRows(rows: readonly CaseRow[]): void {
  test.each(rows)('case $at: $name', ({ file, name }) => {
    expect(name).not.toBe('');
    expect(sourceOf(file)).toContain(name);
  });
}

/** With strings that were broken over lines joined again. */
function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
    .replace(/"\s*\n\s*"/g, '')
    .replace(/\\'/g, "'");
}
