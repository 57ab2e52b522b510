import { describe, expect, it } from 'vitest';
import { type From, isNewer, positionOf } from '../../../js/src/core/position.js';

describe('positionOf', () => {
  it.each([
    ['a snapshot', { value: [], at: ['e1', 7] }, ['e1', 7]],
    ['its position', ['e1', 0], ['e1', 0]],
    ['null', null, null],
    ['undefined', undefined, null],
  ])('takes %s', (_, from, at) => {
    expect(positionOf(from as unknown as From)).toEqual(at);
  });

  it('is not changed by what the caller does with his own', () => {
    const own: [string, number] = ['e1', 1];
    const at = positionOf(own);
    own[1] = 9;
    expect(at).toEqual(['e1', 1]);
  });

  it.each([
    ['an epoch with a space', ['e 1', 1]],
    ['an epoch of 65 characters', ['e'.repeat(65), 1]],
    ['no epoch', ['', 1]],
    ['an epoch that is a number', [1, 1]],
    ['an offset below 0', ['e1', -1]],
    ['a fraction', ['e1', 1.5]],
    ['an offset above 2^53 - 1', ['e1', 2 ** 53]],
    ['an offset that is a text', ['e1', '1']],
    ['a value without a position', { value: [] }],
    ['an empty list', []],
  ])('throws for %s, and says what to give', (_, from) => {
    expect(() => positionOf(from as unknown as From)).toThrow(
      new TypeError(
        'openline: from must be what lines.snapshot() returned, or its `at`: ["<epoch>", offset].',
      ),
    );
  });
});

describe('isNewer', () => {
  it('is what lies further on in the epoch, or in another one', () => {
    expect(isNewer(['e1', 2], ['e1', 1])).toBe(true);
    expect(isNewer(['e1', 1], ['e1', 1])).toBe(false);
    expect(isNewer(['e1', 0], ['e1', 1])).toBe(false);
    expect(isNewer(['e2', 0], ['e1', 1])).toBe(true);
  });
});
