import { beforeEach, describe, expect, it } from 'vitest';
import { RowMirror } from '../../../js/src/core/rowMirror.js';

let mirror: RowMirror<{ v: number }>;
beforeEach(() => {
  mirror = new RowMirror();
});
const rows = (...values: number[]) => values.map((v) => ({ v }));
const none = () => undefined;

describe('a mirror of rows', () => {
  it('has them in the order of their ids, in whatever order they came', () => {
    mirror.set(3, { v: 3 });
    mirror.set(1, { v: 1 });
    mirror.set(2, { v: 2 });
    expect(mirror.list).toEqual(rows(1, 2, 3));
    mirror.remove(2);
    mirror.set(3, { v: 4 });
    expect(mirror.list).toEqual(rows(1, 4));
  });

  it('is another array only when something is another', () => {
    mirror.set(1, { v: 1 });
    const { list } = mirror;
    expect(mirror.list).toBe(list);
    mirror.remove(9);
    expect(mirror.list).toBe(list);
    mirror.read([1], rows(1));
    expect(mirror.list).toBe(list);
    mirror.read([1, 2], rows(1, 2));
    expect(mirror.list[0]).toBe(list[0]);
    expect(mirror.list).toEqual(rows(1, 2));
  });

  it('keeps a first array as it was given, also under ids', () => {
    const given = rows(1, 2);
    mirror.replace(given, none);
    expect(mirror.list).toBe(given);
    expect(mirror.bind([4, 5])).toBe(true);
    expect(mirror.list).toBe(given);
    mirror.set(5, { v: 9 });
    expect(mirror.list[0]).toBe(given[0]);
    expect(given).toEqual(rows(1, 2));
  });

  it('goes on without rows that have no id', () => {
    mirror.replace(rows(1, 2, 3), none);
    expect(mirror.bind([4, 0, 5])).toBe(true);
    expect(mirror.list).toEqual(rows(1, 3));
  });

  it('says when several rows have become one', () => {
    mirror.replace(rows(1, 2), none);
    expect(mirror.bind([4, 4])).toBe(false);
    expect(mirror.list).toEqual(rows(2));
  });

  it('keeps of a newer array what is equal to the row before', () => {
    const [first, second] = rows(1, 2) as [{ v: number }, { v: number }];
    mirror.replace([first, second], none);
    const before = mirror.list;
    mirror.replace(rows(1, 2), (row) => (row.v === 1 ? first : second));
    expect(mirror.list).toBe(before);
    mirror.replace(rows(1, 3), (row) => (row.v === 1 ? first : second));
    expect(mirror.list[0]).toBe(first);
    expect(mirror.list).toEqual(rows(1, 3));
  });

  it('is empty again once it is cleared', () => {
    mirror.set(1, { v: 1 });
    mirror.clear();
    expect(mirror.list).toEqual([]);
  });
});
