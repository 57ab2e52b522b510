import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Turns } from '../../../js/src/core/turns.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Turns of a line that has so much to tell. */
function turnsWith(left: { count: number }, told = (): void => {}) {
  const round = vi.fn(() => {
    if (left.count === 0) return false;
    left.count -= 1;
    told();
    return true;
  });
  return { turns: new Turns(round), round };
}

describe('a turn', () => {
  it('goes on until there is nothing left', () => {
    const left = { count: 3 };
    const { turns, round } = turnsWith(left);
    turns.run();
    expect(left.count).toBe(0);
    expect(round).toHaveBeenCalledTimes(4);
    expect(turns.isBusy).toBe(false);
  });

  it('is not begun within another one', () => {
    const depths: boolean[] = [];
    const left = { count: 2 };
    const { turns } = turnsWith(left, () => {
      depths.push(turns.isBusy);
      turns.run();
    });
    turns.run();
    expect(depths).toEqual([true, true]);
    expect(left.count).toBe(0);
  });

  it('lets the page have its own after a hundred rounds', () => {
    const { turns, round } = turnsWith({ count: 1_000 });
    turns.run();
    expect(round).toHaveBeenCalledTimes(100);
    vi.advanceTimersToNextTimer();
    expect(round).toHaveBeenCalledTimes(200);
  });

  it('is over when it threw', () => {
    const turns = new Turns(() => {
      throw new Error('no');
    });
    expect(() => turns.run()).toThrow('no');
    expect(turns.isBusy).toBe(false);
  });
});

describe('a task', () => {
  it('has a turn, and no rounds after it', () => {
    const { turns, round } = turnsWith({ count: 1 });
    const busy: boolean[] = [];
    turns.take(() => busy.push(turns.isBusy));
    expect(busy).toEqual([true]);
    expect(round).not.toHaveBeenCalled();
  });

  it('that asked for rounds gets them behind it', () => {
    const left = { count: 1 };
    const { turns } = turnsWith(left);
    turns.take(() => {
      turns.run();
      expect(left.count).toBe(1);
    });
    expect(left.count).toBe(0);
  });
});
