import { describe, expect, it } from 'vitest';
import { givenKeys, givenRow, givenWhole } from '../../../js/src/core/givenState.js';
import { board, type Row } from '../../support/statesFixture.js';

const rows: readonly Row[] = [{ id: 'a' }, { id: 'b' }];

describe('without a line, a state', () => {
  it('is what the component was given, itself', () => {
    expect(givenWhole(board.rows, { value: rows, at: ['e1', 1] })).toBe(rows);
    expect(givenWhole(board.rows, rows)).toBe(rows);
    expect(givenRow(board.rows, rows, 'b')).toBe(rows[1]);
    expect(givenRow(board.rows, rows, 'c')).toBeUndefined();
    expect(givenKeys(board.rows, rows)).toEqual(['a', 'b']);
    expect(givenKeys(board.rows, rows)).toBe(givenKeys(board.rows, { value: rows, at: ['e', 1] }));
  });

  it('without anything given is empty, the same each time', () => {
    expect(givenWhole(board.rows, null)).toEqual([]);
    expect(givenWhole(board.rows, null)).toBe(givenWhole(board.chat, undefined));
    expect(Object.isFrozen(givenWhole(board.rows, null))).toBe(true);
    expect(givenKeys(board.rows, null)).toBe(givenKeys(board.rows, null));
    expect(givenWhole(board.price, null)).toBeUndefined();
    expect(givenWhole(board.sum, null)).toBe(0);
  });

  it('has keys that are numbers as JavaScript writes them, and of two rows the later', () => {
    const numbers = [{ id: 1 }, { id: '1', price: 2 }, { id: 1e21 }, { id: true }, {}];
    const from = numbers as unknown as readonly Row[];
    expect(givenKeys(board.rows, from)).toEqual(['1', '1e+21']);
    expect(givenRow(board.rows, from, '1')).toBe(from[1]);
  });

  it('finds no row by what every object has', () => {
    for (const key of ['__proto__', 'constructor', 'length']) {
      expect(givenRow(board.rows, rows, key)).toBeUndefined();
    }
  });

  it('of rows that is given no array says so', () => {
    expect(() => givenWhole(board.rows, { rows: [] } as never)).toThrow(
      'openline: from of rows must be an array of rows',
    );
    expect(() => givenRow(board.rows, 'abc' as never, 'a')).toThrow(TypeError);
  });

  it('without keys has none', () => {
    expect(givenKeys(board.chat, ['x', 'y'])).toEqual([]);
  });
});
