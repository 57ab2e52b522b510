import { expect, it } from 'vitest';
import { checkStreamName, isStreamName } from '../../../js/src/server/streamName.js';

it('takes 1 to 256 bytes of UTF-8', () => {
  for (const name of ['a', 'chat:lobby', '__proto__', 'x'.repeat(256), 'é'.repeat(128)]) {
    expect(isStreamName(name)).toBe(true);
    expect(() => checkStreamName(name)).not.toThrow();
  }
});

it.each(['', 'x'.repeat(257), 'é'.repeat(129), 'a\ud800', 7, null, undefined, ['a']])(
  'refuses %j',
  (name) => {
    expect(isStreamName(name)).toBe(false);
    expect(() => checkStreamName(name)).toThrow(/is no stream: give 1 to 256 bytes/);
  },
);
