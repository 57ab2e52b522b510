import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryStreams } from '../../../js/src/server/memoryStreams.js';
import { historyLimits } from '../../../js/src/server/streamHistory.js';

const payload = new Uint8Array(1);
const never = () => {};

describe('MemoryStreams', () => {
  let streams: MemoryStreams;
  const make = (streamsMax = 1_000, ttlMs = 60_000) =>
    new MemoryStreams(historyLimits({ ttlMs }), streamsMax, () => performance.now());
  const epochOf = (name: string) => streams.open(name).epoch;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    streams = make();
  });
  afterEach(() => {
    streams.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('keeps an epoch while anything is kept, and makes another one afterwards', () => {
    const epoch = epochOf('board');
    streams.open('board').publish(null, payload, performance.now());
    vi.advanceTimersByTime(59_000);
    expect(epochOf('board')).toBe(epoch);
    vi.advanceTimersByTime(59_000);
    expect(epochOf('board')).toBe(epoch);
    vi.advanceTimersByTime(63_000);
    expect(epochOf('board')).not.toBe(epoch);
  });

  it('keeps a stream that is watched, without any timer once its history has gone', () => {
    const epoch = epochOf('board');
    const stop = streams.watch('board', never);
    streams.open('board').publish(null, payload, performance.now());
    vi.advanceTimersByTime(500_000);
    expect(vi.getTimerCount()).toBe(0);
    stop();
    stop();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(500_000);
    expect(epochOf('board')).not.toBe(epoch);
  });

  it('keeps keyed publications for good, without a timer', () => {
    const epoch = epochOf('board');
    streams.open('board').publish('a', payload, performance.now());
    vi.advanceTimersByTime(10_000_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(epochOf('board')).toBe(epoch);
  });

  it('has no timer when there is nothing left', () => {
    for (let i = 0; i < 10; i++) streams.open(`stream ${i}`);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(100_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('finds what may go among many streams', () => {
    streams = make(10_000);
    const stay = Array.from({ length: 3_000 }, (_, i) => `stay ${i}`);
    for (const name of stay) streams.open(name).publish('key', payload, performance.now());
    const go = Array.from({ length: 3_000 }, (_, i) => `go ${i}`);
    const epochs = new Map([...stay, ...go].map((name) => [name, epochOf(name)]));
    vi.advanceTimersByTime(120_000);
    expect(stay.filter((name) => epochOf(name) !== epochs.get(name))).toEqual([]);
    expect(go.filter((name) => epochOf(name) === epochs.get(name))).toEqual([]);
  });

  it('forgets what was silent for longest for a new stream, but none that is watched', () => {
    streams = make(3);
    const [watched, silent, busy] = ['watched', 'silent', 'busy'].map(epochOf);
    streams.watch('watched', never);
    vi.advanceTimersByTime(2_000);
    epochOf('busy');
    epochOf('new');
    expect([epochOf('watched'), epochOf('busy')]).toEqual([watched, busy]);
    expect(epochOf('silent')).not.toBe(silent);
  });

  it('refuses a new stream when all are watched, and takes it when one is not any more', () => {
    streams = make(2);
    const [stop] = ['a', 'b'].map((name) => streams.watch(name, never));
    expect(() => streams.open('c')).toThrow('all 2 streams are watched; raise streamsMax');
    expect(streams.open('a').epoch).toBeTruthy();
    stop?.();
    stop?.();
    expect(streams.open('c').epoch).toBeTruthy();
    streams.watch('c', never);
    expect(() => streams.open('d')).toThrow('all 2 streams are watched');
  });
});
