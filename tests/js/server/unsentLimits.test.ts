import { expect, it } from 'vitest';
import { frameBytesMax } from '../../../js/src/server/batch.js';
import * as limits from '../../../js/src/server/unsentLimits.js';

it('is as PROTOCOL.md has it, and leaves room between stopping and going on', () => {
  expect(limits.keyedUnsentMax).toBe(262_144);
  expect(limits.unsentMax).toBe(1_048_576);
  expect([limits.cutAfterMs, limits.cutUnsentMax]).toEqual([10_000, 16_777_216]);
  // A replay of its own never brings a connection to where it gets nothing or is cut.
  expect(limits.replayUnsentMax + frameBytesMax).toBeLessThan(limits.unsentMax);
  expect(limits.drainedUnsentMax + frameBytesMax).toBeLessThan(limits.replayUnsentMax);
});
