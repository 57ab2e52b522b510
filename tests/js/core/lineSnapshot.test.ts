import { expect, it } from 'vitest';
import { IDLE } from '../../../js/src/core/lineSnapshot.js';

it('a line that nobody has opened is idle, and nobody can make it anything else', () => {
  expect(IDLE).toEqual({
    status: 'idle',
    attempt: 0,
    retryAt: null,
    reason: null,
    error: null,
    queued: 0,
  });
  expect(Object.isFrozen(IDLE)).toBe(true);
});
