import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Credentials } from '../../../../demo/page/record/credentials.js';

beforeEach(() => vi.useFakeTimers());

afterEach(() => vi.useRealTimers());

test('renewing takes its time, and is told at both ends', async () => {
  const notes = [];
  const credentials = new Credentials((text) => notes.push(text));
  const { refresh } = credentials;
  const renewed = refresh();
  expect(credentials.isBeingRenewed).toBe(true);
  expect(notes).toEqual(['The page renews its credentials.']);
  await vi.advanceTimersByTimeAsync(1_000);
  await renewed;
  expect(credentials.isBeingRenewed).toBe(false);
  expect(notes.at(-1)).toBe('Credentials renewed.');
});
