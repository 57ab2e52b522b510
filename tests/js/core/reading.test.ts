import { describe, expect, it, vi } from 'vitest';
import { Reading } from '../../../js/src/core/reading.js';
import { uncaught } from '../../support/uncaught.js';

const source = () => ({ get: () => 7, begin: vi.fn(), end: vi.fn() });

describe('a reading', () => {
  it('begins with the first subscriber and ends with the last, each of whom leaves once', () => {
    const from = source();
    const reading = new Reading(from);
    const listener = vi.fn();
    const [one, other] = [reading.subscribe(listener), reading.subscribe(listener)];
    reading.tell();
    expect(listener).toHaveBeenCalledTimes(2);
    one();
    one();
    expect([reading.isObserved, from.end.mock.calls.length]).toEqual([true, 0]);
    other();
    expect([reading.isObserved, from.end.mock.calls.length]).toEqual([false, 1]);
    expect(from.begin).toHaveBeenCalledOnce();
    expect(reading.get()).toBe(7);
  });

  it('tells the others when one throws, and the page of that', async () => {
    const reading = new Reading(source());
    const other = vi.fn();
    reading.subscribe(() => {
      throw new Error('mine');
    });
    reading.subscribe(other);
    expect(await uncaught(async () => reading.tell())).toEqual([new Error('mine')]);
    expect(other).toHaveBeenCalledOnce();
  });
});
