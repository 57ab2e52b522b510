import { describe, expect, it } from 'vitest';
import { Deque } from '../../../js/src/server/deque.js';

describe('Deque', () => {
  it('gives back what was pushed, oldest first', () => {
    const deque = new Deque<number>();
    for (const element of [1, 2, 3]) deque.push(element);
    expect([deque.shift(), deque.shift(), deque.shift(), deque.shift()]).toEqual([
      1,
      2,
      3,
      undefined,
    ]);
    expect(deque.length).toBe(0);
  });

  it('finds elements by their place, however many have gone', () => {
    const deque = new Deque<number>();
    for (let element = 0; element < 1_000; element++) {
      deque.push(element);
      if (element % 3 > 0) deque.shift();
      const oldest = element + 1 - deque.length;
      expect(deque.at(0)).toBe(deque.length > 0 ? oldest : undefined);
      expect(deque.at(deque.length - 1)).toBe(deque.length > 0 ? element : undefined);
      expect(deque.at(deque.length)).toBeUndefined();
    }
  });
});
