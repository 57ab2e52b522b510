import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from '../../../js/src/server/deadline.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('settles with the promise, and leaves no timer', async () => {
  await within(1_000, Promise.resolve());
  expect(vi.getTimerCount()).toBe(0);
});

it.each([1_000, 0, -5])('settles after %d ms where the promise does not', async (ms) => {
  const settled = vi.fn();
  const waiting = within(ms, new Promise(() => {})).then(settled);
  await vi.advanceTimersByTimeAsync(Math.max(ms, 1) - 1);
  if (ms > 0) expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(settled).toHaveBeenCalledOnce();
});
