import { expect, it } from 'vitest';
import { Counters, counterValues } from '../../../js/src/server/counters.js';

it('gives values that do not change any more', () => {
  const counters = new Counters();
  counters.opened += 2;
  counters.countClose(1013);
  counters.countClose(1013);
  const values = counterValues(counters);
  counters.opened += 1;
  counters.countClose(4400);
  expect(values).toMatchObject({ opened: 2, handled: 0, closed: { 1013: 2 } });
  expect(Object.keys(values.closed)).toEqual(['1013']);
});
