import { describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';
import type { Publications } from '../../../js/src/core/coreStreams.js';
import { sievedListener } from '../../../js/src/core/sievedListener.js';

const batchOf = (...values: unknown[]) => {
  const bytes = new TextEncoder().encode(values.map((value) => JSON.stringify(value)).join());
  return new Batch(bytes, values.length, ['e1', 9]);
};

describe('a listener of a member with match or value', () => {
  it('gets what counts, with the position of the whole', () => {
    const batches: Publications[] = [];
    const changed = vi.fn();
    const listener = sievedListener(
      { match: { '/t': 1 }, value: '/v' },
      { published: (batch) => batches.push(batch), changed },
    );
    listener.published(batchOf({ t: 1, v: 'a' }, { t: 2, v: 'b' }, { t: 1, v: 'c' }));
    listener.published(batchOf({ t: 2 }));
    listener.changed?.('live');
    expect(changed).toHaveBeenCalledExactlyOnceWith('live');
    expect(batches).toHaveLength(1);
    const [batch] = batches as [Publications];
    expect(batch).toMatchObject({ count: 2, epoch: 'e1', last: 9 });
    expect(batch.values()).toEqual(['a', 'c']);
    expect(new TextDecoder().decode(batch.bytes)).toBe('"a","c"');
    expect(batch.tail(1).values()).toEqual(['c']);
    expect(batch.tail(0).values()).toEqual([]);
    expect(batch.tail(5)).toBe(batch);
  });

  it('is itself where everything counts: nothing is parsed for it', () => {
    const listener = { published: vi.fn() };
    expect(sievedListener({}, listener)).toBe(listener);
  });
});
