import { describe, expect, it } from 'vitest';
import { givenOf } from '../../../js/src/core/given.js';

describe('what a component is given', () => {
  it.each([undefined, null])('%o is nothing', (from) => expect(givenOf(from)).toBeNull());

  it('is a snapshot with its position, which is copied', () => {
    const at: [string, number] = ['e1', 4];
    const value = [1];
    const given = givenOf({ value, at });
    at[1] = 9;
    expect(given).toEqual({ value: [1], at: ['e1', 4] });
    expect(given?.value).toBe(value);
  });

  it('is a snapshot of nothing where JSON has left the value out', () => {
    expect(givenOf({ at: ['e1', 4] })).toEqual({ value: undefined, at: ['e1', 4] });
  });

  it.each([
    [[1, 2]],
    ['text'],
    [0],
    [{ value: 1, at: 'noon' }],
    [{ value: 1, at: ['e1', -1] }],
    [{ value: 1, at: ['e1', 1], more: true }],
  ])('is a bare value: %o', (from) => {
    expect(givenOf<unknown>(from)).toEqual({ value: from, at: null });
  });
});
