import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChildServer } from '../openline1/support/childServer.js';

// Messages through every kind of state, each read whole, row by row and not at all, over the core
// in Node. `npm run soak -- --messages 1000000` is the long form.

interface Held {
  readonly sent: number;
  /** Bytes, after a collection. */
  readonly heap: number;
  readonly buffers: number;
  readonly wasm: number;
}

interface Account {
  readonly errors: readonly string[];
  readonly told: number;
  readonly wrong: readonly string[];
  readonly states: number;
}

const messages = Number(process.env['SOAK_MESSAGES'] ?? 50_000);
const SAMPLES = 20;
/** Until the code is compiled and every buffer has been used. */
const WARM_UP = 8;
/** A leak of 16 bytes for each message would be 320 kB in the short form. */
const GROWTH_MAX = 200_000;

let soak: ChildServer;

beforeAll(() => {
  soak = new ChildServer('../../live/support/stateSoak.js');
});

afterAll(() => soak.stop());

it(
  `holds no more memory after ${messages} messages through every kind of state`,
  async () => {
    await soak.ask('open');
    const held: Held[] = [];
    const startedAt = performance.now();
    for (let sample = 0; sample < SAMPLES; sample++) {
      held.push(await soak.ask<Held>('send', messages / SAMPLES));
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const { errors, told, wrong, states } = await soak.ask<Account>('account');
    console.log(figures(held, `${states} states, ${told} times told, ${seconds.toFixed(1)} s`));
    expect(errors).toEqual([]);
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(SAMPLES);

    const warm = held.slice(WARM_UP);
    const third = warm.length / 3;
    const grown = (of: (one: Held) => number) =>
      medianOf(warm.slice(-third).map(of)) - medianOf(warm.slice(0, third).map(of));
    expect(grown(({ heap }) => heap)).toBeLessThanOrEqual(GROWTH_MAX);
    expect(grown(({ buffers }) => buffers)).toBeLessThanOrEqual(GROWTH_MAX);
    expect(warm.at(-1)?.wasm).toBe(warm[0]?.wasm);
  },
  60_000 + messages / 5,
);

function figures(held: readonly Held[], rest: string): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);
  const lines = held.map(({ sent, heap, buffers, wasm }) => {
    const [used, other, linear] = [heap, buffers, wasm].map(megabytes);
    return `${sent}: heap ${used}, buffers ${other}, wasm ${linear}`;
  });
  return [rest, 'MB after so many messages', ...lines].join('\n');
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
