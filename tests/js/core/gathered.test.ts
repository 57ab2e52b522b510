import { expect, it, vi } from 'vitest';
import { Gathered } from '../../../js/src/core/gathered.js';

it('texts are let go together, in order, once', () => {
  const gathered = new Gathered();
  const use = vi.fn();
  expect(gathered.drain(use)).toBe(false);
  for (const text of ['a', '', '€€']) expect(gathered.add(text)).toBe(false);
  expect(gathered.drain(use)).toBe(true);
  expect(gathered.drain(use)).toBe(false);
  expect(use).toHaveBeenCalledExactlyOnceWith(['a', '', '€€'], 3);
});

it('they say when they have become too many, and count anew', () => {
  const gathered = new Gathered();
  const text = 'x'.repeat(4_096);
  for (let round = 0; round < 2; round++) {
    expect([1, 2, 3, 4].map(() => gathered.add(text))).toEqual([false, false, false, true]);
    gathered.drain(() => {});
  }
});

it('what comes in while they are let go is for the next time', () => {
  const gathered = new Gathered();
  gathered.add('a');
  gathered.drain(() => gathered.add('b'));
  const use = vi.fn();
  gathered.drain(use);
  expect(use).toHaveBeenCalledExactlyOnceWith(['b'], 1);
});
