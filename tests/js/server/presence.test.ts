import { expect, it, vi } from 'vitest';
import { memoryBroker } from '../../../js/src/server/memoryBroker.js';
import { Presence } from '../../../js/src/server/presence.js';

it('counts connections, and names users', async () => {
  const presence = new Presence(memoryBroker(), () => {});
  presence.attend('room', 'ada', 1);
  presence.attend('room', 'ada', 1);
  presence.attend('room', 'ada', -1);
  expect(await presence.of('room')).toEqual(['ada']);
  presence.attend('room', 'ada', -1);
  expect(await presence.of('room')).toEqual([]);
});

it.each([
  ['throws', () => Promise.resolve().then(() => Promise.reject(new Error('no network')))],
  [
    'rejects',
    () => {
      throw new Error('no network');
    },
  ],
])('reports a broker that %s, and goes on', async (_, attend) => {
  const failures = vi.fn();
  const presence = new Presence(Object.assign(memoryBroker(), { attend }), failures);
  presence.attend('room', 'ada', 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(failures).toHaveBeenCalledExactlyOnceWith(new Error('no network'), 'room');
});
