import { describe, expect, test } from 'vitest';
import { caseRows, testRows } from './caseTable.js';

// tests/CASES.md says which test shows which case. A row that names a test that is not there, or a
// case without a row, is a failure: no case may be lost when a test is renamed.

const COUNT = 62;
// 82 is a soak: `npm run soak -- --messages 1000000`.
const SHOWN = [...Array.from({ length: 19 }, (_, index) => 63 + index), 83];

describe('the table of cases', () => {
  const rows = caseRows('CASES.md');

  test(`has every case from 1 to ${COUNT}, and those of what is shown, in order`, () => {
    const numbers = [...new Set(rows.map(({ at }) => Number(at)))];
    const wanted = Array.from({ length: COUNT }, (_, index) => index + 1);
    expect(numbers).toEqual([...wanted, ...SHOWN]);
  });

  testRows(rows);
});
