import { expect, it, vi } from 'vitest';
import { Gathered } from '../../../js/src/core/gathered.js';

it('texts are let go together, in order, once', () => {
  const gathered = new Gathered();
  const use = vi.fn();
  gathered.drain(use);
  expect(use).not.toHaveBeenCalled();
  for (const text of ['a', '', '€😀']) expect(gathered.add(text)).toBe(false);
  gathered.drain(use);
  gathered.drain(use);
  const units = Uint32Array.of(1, 0, 3);
  expect(use).toHaveBeenCalledExactlyOnceWith({ text: 'a€😀', units });
});

it.each([
  ['long', 'x'.repeat(4_096), 4],
  ['many', '', 1_024],
])('they say when they have become too %s, and count anew', (_, text, most) => {
  const gathered = new Gathered();
  for (let round = 0; round < 2; round++) {
    for (let i = 1; i < most; i++) expect(gathered.add(text)).toBe(false);
    expect(gathered.add(text)).toBe(true);
    gathered.drain(({ units }) => expect(units).toHaveLength(most));
  }
});
