import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Flushable, Flusher, roundMs } from '../../../js/src/server/flusher.js';

const toFake = [
  'setTimeout',
  'clearTimeout',
  'setImmediate',
  'clearImmediate',
  'performance',
] as const;

describe('Flusher', () => {
  let began = 0;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: [...toFake] });
    began = performance.now();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const stream = (): Flushable & { readonly at: number[] } => {
    const at: number[] = [];
    return { at, flush: () => at.push(Math.round(performance.now() - began)) };
  };
  it('flushes what comes alone at the end of the turn', () => {
    const flusher = new Flusher();
    const lone = stream();
    flusher.request(lone);
    expect(lone.at).toEqual([]);
    vi.advanceTimersByTime(0);
    expect(lone.at).toEqual([0]);
    vi.advanceTimersByTime(10);
    flusher.request(lone);
    vi.advanceTimersByTime(0);
    expect(lone.at).toEqual([0, 10]);
  });

  it('lets what comes soon after a round wait until 4 ms have gone, and no longer', () => {
    const flusher = new Flusher();
    const [one, two] = [stream(), stream()];
    flusher.request(one);
    vi.advanceTimersByTime(1);
    flusher.request(one);
    vi.advanceTimersByTime(2);
    flusher.request(two);
    flusher.request(one);
    vi.advanceTimersByTime(0);
    expect([one.at, two.at]).toEqual([[0], []]);
    vi.advanceTimersByTime(1);
    expect([one.at, two.at]).toEqual([[0, roundMs], [roundMs]]);
  });

  it('makes one round every 4 ms under load, and none without', () => {
    const flusher = new Flusher();
    const busy = stream();
    for (let ms = 0; ms < 40; ms++) {
      flusher.request(busy);
      vi.advanceTimersByTime(1);
    }
    expect(busy.at.length).toBeGreaterThanOrEqual(10);
    expect(busy.at.length).toBeLessThanOrEqual(11);
    vi.advanceTimersByTime(10);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets a connection write once a round, after all streams', () => {
    const flusher = new Flusher();
    const order: string[] = [];
    const connection: Flushable = { flush: () => order.push('connection') };
    for (const name of ['one', 'two']) {
      flusher.request({
        flush: () => {
          order.push(name);
          flusher.touch(connection);
          flusher.settle();
        },
      });
    }
    vi.advanceTimersByTime(0);
    expect(order).toEqual(['one', 'two', 'connection']);
  });

  it('lets connections write at once outside a round', () => {
    const flusher = new Flusher();
    const connection = stream();
    flusher.touch(connection);
    flusher.settle();
    flusher.settle();
    expect(connection.at).toEqual([0]);
  });

  it('flushes in the next round what is asked for during one', () => {
    const flusher = new Flusher();
    const later = stream();
    flusher.request({ flush: () => flusher.request(later) });
    vi.advanceTimersByTime(0);
    expect(later.at).toEqual([]);
    vi.advanceTimersByTime(roundMs);
    expect(later.at).toEqual([roundMs]);
  });

  it('flushes nothing any more once it is closed', () => {
    const flusher = new Flusher();
    const [one, connection] = [stream(), stream()];
    flusher.request(one);
    flusher.touch(connection);
    flusher.close();
    flusher.settle();
    vi.advanceTimersByTime(10);
    expect([one.at, connection.at]).toEqual([[], []]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
