import { expect, it } from 'vitest';
import '../../support/websocket.js';
import { type MemorySample, Soak, type SoakReport } from './support/soak.js';
import { FAULTS } from './support/weather.js';

// The server and four clients, each behind a proxy that breaks something every three seconds, while
// all of them talk. `npm run soak -- --seconds 600` is the long form.

const seconds = Number(process.env['SOAK_SECONDS'] ?? 60);
const seed = Number(process.env['SOAK_SEED'] ?? 20_261_123);
/** Until the code is compiled and every buffer has been used. */
const WARM_UP_S = 15;

it(
  'loses, doubles and reorders nothing, whatever the network does',
  async () => {
    const report = await new Soak(seed).run(seconds);
    console.log(told(report));
    const { story, faults, resyncs, outages, memory, account } = report;
    const blame = story.violations.length === 0 ? '' : `seed ${seed}\n${story}`;
    expect(blame).toBe('');
    // A run in which nothing went wrong would have shown nothing.
    expect(Object.keys(faults).sort()).toEqual(Object.keys(FAULTS).sort());
    expect(resyncs).toBeGreaterThan(0);
    // The server says it again where a connection was lost with it.
    expect(resyncs).toBeLessThanOrEqual(account.counters.resyncs);
    expect(outages).toBeGreaterThan(seconds / 10);
    const [early, late] = ends(memory);
    expect(late).toBeLessThanOrEqual(early * 1.05 + 3e6);
  },
  (seconds + 60) * 1_000,
);

/** The median of the first third after the warm-up, and that of the last one, in bytes. */
function ends(memory: readonly MemorySample[]): [number, number] {
  const full = memory.filter(({ seconds: at }) => at > WARM_UP_S).map(({ used }) => used);
  const third = Math.ceil(full.length / 3);
  return [medianOf(full.slice(0, third)), medianOf(full.slice(-third))];
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function told({ account, memory, ...report }: SoakReport): string {
  const { published, counters } = account;
  const { story: _, ...figures } = report;
  const [early, late] = ends(memory).map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`);
  const said = { ...figures, published, counters, memory: `${early} early, ${late} late` };
  return JSON.stringify(said, null, 2);
}
