import { describe, expect, test } from 'vitest';
import { caseRows, testRows } from './caseTable.js';

// tests/SECURITY.md says which test shows which control; see cases.test.ts.

const THREATS = 25;

describe('the table of threats', () => {
  const rows = caseRows('SECURITY.md');

  test('has a row for each of them, in order', () => {
    const numbers = [...new Set(rows.map(({ at }) => Number(at)))];
    expect(numbers).toEqual(Array.from({ length: THREATS }, (_, index) => index + 1));
  });

  testRows(rows);
});
