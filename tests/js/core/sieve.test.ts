import { describe, expect, it } from 'vitest';
import { sieveOf } from '../../../js/src/core/sieve.js';

describe('a sieve', () => {
  it('is none where everything counts', () => {
    expect(sieveOf({})).toBeNull();
    expect(sieveOf({ match: {}, value: '' })).toBeNull();
  });

  it('lets through what has all of the values', () => {
    const sieve = sieveOf({ match: { '/type': 'price', '/v': 1 } });
    const messages = [
      { type: 'price', v: 1 },
      { type: 'price', v: '1' },
      { type: 'price' },
      { v: 1 },
      null,
      'price',
      ['price', 1],
    ];
    expect(sieve?.(messages)).toEqual([messages[0]]);
  });

  it('takes out what counts, and leaves out what has nothing there', () => {
    const sieve = sieveOf({ value: '/data/0' });
    expect(sieve?.([{ data: [7] }, { data: [] }, { data: [null] }, { data: 'xy' }])).toEqual([
      7,
      null,
    ]);
  });

  it('knows names that have slashes, and none that are inherited', () => {
    expect(sieveOf({ value: '/a~1b/~0' })?.([{ 'a/b': { '~': 1 } }])).toEqual([1]);
    expect(sieveOf({ value: '/constructor' })?.([{}])).toEqual([]);
    expect(sieveOf({ match: { '/__proto__': null } })?.([{}])).toEqual([]);
    expect(sieveOf({ match: { '/a': null } })?.([{ a: null }, {}])).toEqual([{ a: null }]);
  });
});
