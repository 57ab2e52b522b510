import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CoreSeat } from '../../../js/src/core/coreSeat.js';
import { RowCells } from '../../../js/src/core/rowCells.js';

const seat = {
  isWhole: false,
  isKnown: false,
  readRow: vi.fn(),
  watch: vi.fn(),
  unwatch: vi.fn(),
};
const owner = { known: vi.fn(), begin: vi.fn(), end: vi.fn(), changed: vi.fn() };
let cells: RowCells<{ v: number }>;

beforeEach(() => {
  vi.resetAllMocks();
  Object.assign(seat, { isWhole: false, isKnown: false });
  let watches = 0;
  seat.watch.mockImplementation(() => ++watches);
  cells = new RowCells(seat as unknown as CoreSeat, owner);
});

const delta = (watches: number[], ids: number[] = [], values: unknown[] = []) =>
  cells.apply([1, 0, [], ids, values, [], [], watches]);

describe('cells of rows', () => {
  it('are bound to whatever row has their key', () => {
    const row = cells.at('a');
    row.subscribe(() => {});
    delta([1, 7], [7, 8], [{ v: 1 }, { v: 2 }]);
    expect(row.get()).toEqual({ v: 1 });
    delta([], [7], [{ v: 3 }]);
    expect(row.get()).toEqual({ v: 3 });
    delta([1, 0]);
    expect(row.get()).toBeUndefined();
    delta([], [7], [{ v: 4 }]);
    expect(row.get()).toBeUndefined();
    delta([1, 9], [9], [{ v: 5 }]);
    expect(row.get()).toEqual({ v: 5 });
    expect(owner.changed).toHaveBeenCalledTimes(4);
  });

  it('are the same to whoever renders again, while somebody is subscribed', () => {
    const row = cells.at('a');
    const leave = row.subscribe(() => {});
    expect(cells.at('a')).toBe(row);
    expect(cells.at('b')).not.toBe(row);
    leave();
    expect(cells.at('a')).not.toBe(row);
  });

  it('tell of no row that is told again as it was', () => {
    seat.readRow.mockReturnValue({ v: 1 });
    const row = cells.at('a');
    row.subscribe(() => {});
    const value = row.get();
    delta([1, 7], [7], [{ v: 1 }]);
    expect(row.get()).toBe(value);
    expect(owner.changed).not.toHaveBeenCalled();
  });

  it('of a core that is gone are bound anew, although the next one gives the same ids', () => {
    const [one, other] = [cells.at('a'), cells.at('b')];
    for (const row of [one, other]) row.subscribe(() => {});
    delta([1, 7, 2, 8], [7, 8], [{ v: 1 }, { v: 2 }]);
    cells.lose();
    cells.enter();
    // The id that `a` had is that of `b` now, and is told first.
    delta([4, 7, 3, 8]);
    delta([], [7, 8], [{ v: 20 }, { v: 10 }]);
    expect([one.get(), other.get()]).toEqual([{ v: 10 }, { v: 20 }]);
  });

  it('are read from what is known, if all is', () => {
    seat.isWhole = true;
    seat.isKnown = true;
    const known = { v: 1 };
    owner.known.mockReturnValue(known);
    expect(cells.at('a').get()).toBe(known);
    cells.at('a').subscribe(() => {});
    expect(cells.at('a').get()).toBe(known);
    expect(seat.readRow).not.toHaveBeenCalled();
  });

  it('forget what was shown to those who do not observe it, and never hold too much of it', () => {
    seat.readRow.mockImplementation((key) => ({ key }));
    const first = cells.at('0').get();
    expect(cells.at('0').get()).toBe(first);
    for (let i = 1; i <= 10_000; i++) cells.at(String(i)).get();
    expect(cells.at('0').get()).not.toBe(first);
    const again = cells.at('0').get();
    cells.forgetShown();
    expect(cells.at('0').get()).not.toBe(again);
  });

  it('outlive the core, and are watched by the next', () => {
    seat.readRow.mockReturnValue({ v: 1 });
    const row = cells.at('a');
    const leave = row.subscribe(() => {});
    cells.lose();
    delta([1, 7], [7], [{ v: 2 }]);
    expect(row.get()).toEqual({ v: 1 });
    cells.enter();
    delta([2, 7], [7], [{ v: 2 }]);
    expect(row.get()).toEqual({ v: 2 });
    leave();
    expect(seat.unwatch).toHaveBeenCalledExactlyOnceWith(2);
    expect([owner.begin.mock.calls.length, owner.end.mock.calls.length]).toEqual([1, 1]);
  });
});
