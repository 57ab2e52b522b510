import { describe, expect, it } from 'vitest';
import { checkedNumber, wrong } from '../../../js/src/core/checkedOption.js';

const row = { name: 'a.limit', unit: 'ms', standard: 5, min: 1, max: 9 };

describe('checkedNumber', () => {
  it('gives the default for none, and whole numbers', () => {
    expect([undefined, 1, 8.9, 9].map((value) => checkedNumber(row, value))).toEqual([5, 1, 8, 9]);
    expect(checkedNumber({ ...row, infinite: true }, Infinity)).toBe(Infinity);
  });

  it.each([0, 10, Number.NaN, Infinity, '5', null, {}])('refuses %s', (value) => {
    expect(() => checkedNumber(row, value)).toThrow(
      'a.limit must be a number from 1 to 9 ms, not ',
    );
  });
});

it('wrong names the option, what it should be and what was given', () => {
  expect([wrong('a', 'a text', 1), wrong('a', 'a text', {})].map(({ message }) => message)).toEqual(
    ['openline: a must be a text, not 1.', 'openline: a must be a text, not an object.'],
  );
});
