import { describe, expect, it } from 'vitest';
import { checkCloseArguments } from '../../../js/src/core/closeArguments.js';

describe('checkCloseArguments', () => {
  it.each([
    [undefined, undefined],
    [undefined, ''],
    [1000, undefined],
    [1000, 'bye'],
    [3000, ''],
    [4999, 'x'.repeat(123)],
    [4000, 'é'.repeat(61)],
  ])('allows code %s with reason %o', (code, reason) => {
    expect(() => checkCloseArguments(code, reason)).not.toThrow();
  });

  it.each([
    [0],
    [999],
    [1001],
    [1005],
    [1006],
    [2999],
    [5000],
    [3000.5],
    [Number.NaN],
    [null],
    ['1000'],
  ])('refuses the code %s and says which are allowed', (code) => {
    expect(() => checkCloseArguments(code, '')).toThrow(TypeError);
    expect(() => checkCloseArguments(code, '')).toThrow(
      'openline: the close code must be 1000 or an integer from 3000 to 4999, not ',
    );
  });

  it('refuses a reason that is no text', () => {
    expect(() => checkCloseArguments(1000, 5)).toThrow(
      'must be a text of at most 123 bytes, not 5',
    );
  });

  it('refuses a reason without a code', () => {
    expect(() => checkCloseArguments(undefined, 'bye')).toThrow(
      'the close code must be 1000 or an integer from 3000 to 4999, not undefined',
    );
  });

  it('refuses a reason that does not fit a close frame, counted in bytes', () => {
    expect(() => checkCloseArguments(1000, 'x'.repeat(124))).toThrow('at most 123 bytes');
    expect(() => checkCloseArguments(1000, 'é'.repeat(62))).toThrow('at most 123 bytes');
  });
});
