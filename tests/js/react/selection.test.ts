import { describe, expect, it, vi } from 'vitest';
import { Selection } from '../../../js/src/react/selection.js';

describe('Selection', () => {
  it('is the value itself without a selector', () => {
    const value = {};
    expect(new Selection<object, object>().by(null).of(value)).toBe(value);
  });

  it('calls a selector once for each value, however often and in whichever render', () => {
    const select = vi.fn((value: number) => [value]);
    const selection = new Selection<number, number[]>();
    const first = selection.by(null, { select });
    expect(first.of(1)).toBe(first.of(1));
    const second = selection.by(null, { select });
    expect(second.of(1)).toBe(first.of(1));
    expect(select).toHaveBeenCalledTimes(1);
    second.of(2);
    expect(select).toHaveBeenCalledTimes(2);
  });

  it('calls another selector for the same value: it may see something else around it', () => {
    const selection = new Selection<number, number>();
    const before = selection.by(null, { select: (value) => value + 1 });
    expect(before.of(1)).toBe(2);
    before.show();
    expect(selection.by(null, { select: (value) => value + 10 }).of(1)).toBe(11);
  });

  it('keeps what is shown as long as the new one is equal to it', () => {
    const isEqual = (a: number[], b: number[]) => a.length === b.length;
    const selection = new Selection<number[], number[]>();
    const first = selection.by(null, { select: (all) => all.filter(Boolean), isEqual });
    const shown = first.of([1, 2]);
    first.show();
    const second = selection.by(null, { select: (all) => all.filter(Boolean), isEqual });
    expect(second.of([3, 4])).toBe(shown);
    expect(second.of([3, 4, 5])).toEqual([3, 4, 5]);
  });

  it('takes values for the same as Object.is does, unless it is told otherwise', () => {
    const selection = new Selection<{ at: number }, number>();
    const selecting = selection.by(null, { select: ({ at }) => at });
    expect(selecting.of({ at: Number.NaN })).toBeNaN();
    expect(Object.is(selecting.of({ at: 0 }), 0)).toBe(true);
    expect(Object.is(selecting.of({ at: -0 }), -0)).toBe(true);
  });

  it('of a render that is not shown leaves the one that is as it was', () => {
    const isEqual = (a: string[], b: string[]) => a.join() === b.join();
    const selection = new Selection<string, string[]>();
    const first = selection.by(null, { select: (text) => [text], isEqual });
    const shown = first.of('a');
    first.show();
    selection.by(null, { select: (text) => [text], isEqual }).of('b');
    expect(selection.by(null, { select: (text) => [text], isEqual }).of('a')).toBe(shown);
  });

  it('compares nothing with what was shown of another source', () => {
    const isEqual = vi.fn(() => true);
    const selection = new Selection<string, string>();
    const first = selection.by('one', { isEqual });
    first.of('a');
    first.show();
    expect(selection.by('other', { isEqual }).of('b')).toBe('b');
    expect(isEqual).not.toHaveBeenCalled();
  });

  it('passes on what a selector throws, and asks it again', () => {
    let isBroken = true;
    const select = (value: number) => {
      if (isBroken) throw new Error('mine');
      return value;
    };
    const selecting = new Selection<number, number>().by(null, { select });
    expect(() => selecting.of(1)).toThrow('mine');
    isBroken = false;
    expect(selecting.of(1)).toBe(1);
  });
});
