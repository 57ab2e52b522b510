import { expect, it } from 'vitest';
import { checkedHeartbeat } from '../../../js/src/core/heartbeatOption.js';

it('is none, one with defaults, or what is asked for', () => {
  const own = { message: () => 'ping', returnMessage: 'pong' };
  expect([undefined, false, true, own].map(checkedHeartbeat)).toEqual([
    undefined,
    undefined,
    {},
    own,
  ]);
});

it.each([
  [1, 'heartbeat must be true, false or an object, not 1'],
  [null, 'heartbeat must be true, false or an object, not null'],
  [{ message: 1 }, 'heartbeat.message must be a message or a function, not 1'],
  [{ returnMessage: {} }, 'heartbeat.returnMessage must be a string or a function, not an object'],
])('refuses %j', (value, message) => {
  expect(() => checkedHeartbeat(value)).toThrow(new TypeError(`openline: ${message}.`));
});
