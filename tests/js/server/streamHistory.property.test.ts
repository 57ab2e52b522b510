import fc from 'fast-check';
import { expect, it } from 'vitest';
import { historyLimits, StreamHistory } from '../../../js/src/server/streamHistory.js';
import { NaiveHistory } from '../../support/server/naiveHistory.js';

// Whatever is published, keyed or not, at whatever pace and under whatever limits: each position is
// answered exactly as a model does that looks at everything anew.

const runs = Number(process.env['PROPERTY_RUNS'] ?? 300);

const action = fc.oneof(
  { weight: 8, arbitrary: fc.record({ key: fc.constantFrom(null, 'a', 'b', 'c', 'd') }) },
  { weight: 2, arbitrary: fc.record({ waitMs: fc.constantFrom(1, 500, 3_000, 10_000, 40_000) }) },
);
const limits = fc.record({
  size: fc.constantFrom(0, 1, 3, 1_000),
  ttlMs: fc.constantFrom(0, 12_000, 60_000),
  entriesMax: fc.constantFrom(1, 5, 1_000),
  keysMax: fc.constantFrom(1, 2, 1_000),
  bytesMax: fc.constantFrom(50, 350, 1_000_000),
});

it('answers every position as a model does that knows everything', () => {
  fc.assert(
    fc.property(limits, fc.array(action, { maxLength: 60 }), (given, actions) => {
      const history = new StreamHistory(historyLimits(given));
      const model = new NaiveHistory(given);
      let now = 0;
      for (const step of actions) {
        if ('key' in step) {
          const entry = history.append(step.key, new Uint8Array(7), now);
          model.append(step.key, 7, now);
          expect(entry).toMatchObject({ offset: model.top, key: step.key });
        } else {
          now += step.waitMs;
          history.prune(now);
          model.prune(now);
        }
        for (let offset = 0; offset <= model.top + 1; offset++) {
          const offsets = history.read(offset)?.map((entry) => entry.offset) ?? null;
          expect(offsets).toEqual(model.read(offset));
        }
      }
    }),
    { numRuns: runs },
  );
});
