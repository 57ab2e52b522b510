import { describe, expect, it } from 'vitest';
import { HandleTable } from '../../../js/src/core/handleTable.js';

describe('HandleTable', () => {
  it('gives each kept value a number of its own, never 0', () => {
    const table = new HandleTable();
    const handles = ['a', 'b', 'c'].map((value) => table.keep(value));
    expect(new Set(handles).size).toBe(3);
    expect(handles).not.toContain(0);
    expect(handles.map((handle) => table.peek(handle))).toEqual(['a', 'b', 'c']);
  });

  it('lets go of a value when it is taken', () => {
    const table = new HandleTable();
    const handle = table.keep('a');
    expect(table.size).toBe(1);
    expect(table.take(handle)).toBe('a');
    expect(table.size).toBe(0);
    expect(table.peek(handle)).toBeUndefined();
  });

  it('holds another value under the same number', () => {
    const table = new HandleTable();
    const handle = table.keep('a');
    table.hold(handle, 'b');
    expect(table.size).toBe(1);
    expect(table.take(handle)).toBe('b');
  });

  it('knows what is held in the order of holding, whatever the numbers', () => {
    const table = new HandleTable();
    const handles = ['a', 'b', 'c'].map((value) => table.keep(value));
    expect(table.heldCount).toBe(0);
    for (const handle of [...handles].reverse()) table.hold(handle, `held ${table.peek(handle)}`);
    expect(table.heldCount).toBe(3);
    expect(table.held()).toEqual(['held c', 'held b', 'held a']);
    table.take(handles[1] as number);
    expect(table.held()).toEqual(['held c', 'held a']);
    table.hold(table.keep('d'), 'd');
    expect(table.held()).toEqual(['held c', 'held a', 'd']);
  });

  it('does not hold the next value of a number that was taken', () => {
    const table = new HandleTable();
    const handle = table.keep('a');
    table.hold(handle, 'a');
    table.take(handle);
    expect(table.keep('b')).toBe(handle);
    expect(table.heldCount).toBe(0);
    expect(table.held()).toEqual([]);
  });

  it('uses a number again once its value was taken, and only then', () => {
    const table = new HandleTable();
    const [first, second] = [table.keep('a'), table.keep('b')];
    table.take(first);
    const third = table.keep('c');
    expect(third).toBe(first);
    expect(third).not.toBe(second);
    expect(table.peek(second)).toBe('b');
  });

  it('stays as small as the most values that were kept at once', () => {
    const table = new HandleTable();
    let highest = 0;
    for (let round = 0; round < 1_000; round++) {
      const handles = [1, 2, 3].map((value) => table.keep(value));
      highest = Math.max(highest, ...handles);
      for (const handle of handles) table.take(handle);
    }
    expect(highest).toBe(3);
    expect(table.size).toBe(0);
  });

  it('keeps undefined as well as any other value', () => {
    const table = new HandleTable();
    const handle = table.keep(undefined);
    expect(table.size).toBe(1);
    table.take(handle);
    expect(table.size).toBe(0);
  });

  it('counts what is released no longer as held, and keeps it until it is taken', () => {
    const table = new HandleTable();
    const handle = table.keep('a');
    table.hold(handle, 'a');
    table.release(handle);
    expect([table.heldCount, table.held(), table.peek(handle)]).toEqual([0, [], 'a']);
    expect(table.take(handle)).toBe('a');
  });
});
