import { describe, expect, it } from 'vitest';
import {
  type HistoryOptions,
  historyLimits,
  StreamHistory,
} from '../../../js/src/server/streamHistory.js';

const historyOf = (options: HistoryOptions = {}) => new StreamHistory(historyLimits(options));
const payload = new Uint8Array(10);
const offsetsAfter = (history: StreamHistory, offset: number) =>
  history.read(offset)?.map((entry) => entry.offset) ?? null;

function publish(history: StreamHistory, count: number, at: number, key: string | null = null) {
  for (let i = 0; i < count; i++) history.append(key, payload, at);
}

describe('StreamHistory', () => {
  it('keeps what came within 10 s, though that is more than its size', () => {
    const history = historyOf({ size: 3 });
    publish(history, 50, 0);
    history.prune(9_999);
    expect(offsetsAfter(history, 0)?.length).toBe(50);
  });

  it('keeps as many for its time as ever came within 10 s', () => {
    const history = historyOf({ size: 3, ttlMs: 60_000 });
    publish(history, 50, 0);
    publish(history, 10, 20_000);
    expect(offsetsAfter(history, 9)).toBeNull();
    expect(offsetsAfter(history, 10)?.length).toBe(50);
    history.prune(60_000);
    expect(offsetsAfter(history, 49)).toBeNull();
    expect(offsetsAfter(history, 50)?.length).toBe(10);
  });

  it('gives what it keeps beyond 10 s memory of its own, and leaves the rest where it is', () => {
    const history = historyOf({ ttlMs: 60_000 });
    const slab = new Uint8Array(8_192).fill(7);
    history.append(null, slab.subarray(0, 10), 0);
    history.append('a', slab.subarray(10, 20), 0);
    history.append(null, slab.subarray(20, 30), 5_000);
    history.prune(10_000);
    const payloads = history.read(0)?.map((entry) => entry.payload) ?? [];
    expect(payloads.map(({ buffer }) => buffer.byteLength)).toEqual([10, 10, 8_192]);
    expect(payloads.map((bytes) => [...bytes])).toEqual(new Array(3).fill(new Array(10).fill(7)));
  });

  it('gives a key that leaves the log for others memory of its own', () => {
    const history = historyOf({ entriesMax: 1 });
    history.append('a', new Uint8Array(8_192).subarray(0, 10), 0);
    publish(history, 1, 0, 'b');
    const payloads = history.read(0)?.map((entry) => entry.payload) ?? [];
    expect(payloads.map(({ buffer }) => buffer.byteLength)).toEqual([10, 10]);
  });

  it('still knows when nothing came, after everything has gone', () => {
    const history = historyOf({ ttlMs: 20_000 });
    publish(history, 2, 0);
    history.prune(20_000);
    expect(history.isEmpty).toBe(true);
    expect([offsetsAfter(history, 1), offsetsAfter(history, 2)]).toEqual([null, []]);
  });

  it('keeps the newest of each key for good', () => {
    const history = historyOf({ size: 1, ttlMs: 0 });
    publish(history, 3, 0, 'a');
    publish(history, 1, 0, 'b');
    history.prune(1_000_000);
    expect([history.isEmpty, history.isAgeing]).toEqual([false, false]);
    expect([0, 3, 4].map((offset) => offsetsAfter(history, offset))).toEqual([[3, 4], [4], []]);
  });

  it('does not answer before an unkeyed publication that is gone, whatever keys are there', () => {
    const history = historyOf({ ttlMs: 0 });
    publish(history, 1, 0, 'a');
    publish(history, 1, 0);
    publish(history, 1, 0, 'b');
    history.prune(10_000);
    expect([0, 1, 2].map((offset) => offsetsAfter(history, offset))).toEqual([null, null, [3]]);
  });

  it('lets go of the key that was silent for longest', () => {
    const history = historyOf({ keysMax: 2 });
    for (const key of ['a', 'b', 'a', 'c']) publish(history, 1, 0, key);
    expect([1, 2].map((offset) => offsetsAfter(history, offset))).toEqual([null, [3, 4]]);
    publish(history, 1, 0, 'd');
    expect([2, 3].map((offset) => offsetsAfter(history, offset))).toEqual([null, [4, 5]]);
  });

  it('keeps no more than its entries and bytes, even of the last 10 s', () => {
    const few = historyOf({ entriesMax: 5 });
    publish(few, 8, 0);
    expect([offsetsAfter(few, 2), offsetsAfter(few, 3)?.length]).toEqual([null, 5]);
    const small = historyOf({ bytesMax: 5 * 110 });
    publish(small, 8, 0);
    expect([offsetsAfter(small, 2), offsetsAfter(small, 3)?.length]).toEqual([null, 5]);
  });

  it('counts no bytes of what was superseded', () => {
    const history = historyOf({ bytesMax: 3 * 111 });
    publish(history, 1, 0, 'a');
    publish(history, 100, 0, 'b');
    publish(history, 1, 0, 'c');
    expect(offsetsAfter(history, 0)).toEqual([1, 101, 102]);
  });

  it('keeps nothing of a publication that is larger than all it may keep', () => {
    const history = historyOf({ bytesMax: 100 });
    publish(history, 1, 0);
    expect([offsetsAfter(history, 0), offsetsAfter(history, 1)]).toEqual([null, []]);
  });

  it('reads the newest of many keys without looking at the others', () => {
    const history = historyOf();
    for (let key = 0; key < 50_000; key++) history.append(`${key}`, payload, 0);
    publish(history, 2_000, 20_000, 'hot');
    const began = performance.now();
    for (let i = 0; i < 200; i++) expect(offsetsAfter(history, 51_999)).toEqual([52_000]);
    const recent = performance.now() - began;
    const all = performance.now();
    expect(offsetsAfter(history, 0)?.length).toBe(50_001);
    // 200 short reads cost no more than some whole ones; looking at all keys would be 200 of them.
    expect(recent).toBeLessThan((performance.now() - all) * 50 + 20);
  });
});
