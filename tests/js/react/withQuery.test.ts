import { describe, expect, it } from 'vitest';
import { withQuery } from '../../../js/src/react/withQuery.js';

describe('withQuery', () => {
  it.each([
    ['ws://a/', { b: 1 }, 'ws://a/?b=1'],
    ['/line', { b: 'x y', c: true }, '/line?b=x+y&c=true'],
    ['/line?a=1', { b: 2 }, '/line?a=1&b=2'],
    ['/line', {}, '/line'],
    ['/line', { gone: null, absent: undefined }, '/line'],
    ['/line', { zero: 0, no: false, empty: '' }, '/line?zero=0&no=false&empty='],
    ['/line', { 'a&b': 'c=d#e' }, '/line?a%26b=c%3Dd%23e'],
  ])('of %s with %o is %s', (url, params, result) => {
    expect(withQuery(url, params)).toBe(result);
  });
});
