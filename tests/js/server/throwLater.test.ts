import { expect, it } from 'vitest';
import { throwLater } from '../../../js/src/server/throwLater.js';
import { uncaught } from '../../support/uncaught.js';

it('lets a fault become an uncaught exception when the caller has gone on', async () => {
  const fault = new Error('a fault');
  let isCallerThrough = false;
  const escaped = await uncaught(async () => {
    throwLater(fault);
    isCallerThrough = true;
  });
  expect(isCallerThrough).toBe(true);
  expect(escaped).toEqual([fault]);
});
