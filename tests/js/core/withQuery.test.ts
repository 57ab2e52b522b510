import { describe, expect, it } from 'vitest';
import { urlWith, withQuery } from '../../../js/src/core/withQuery.js';

describe('withQuery', () => {
  it.each([
    ['ws://a/', { b: 1 }, 'ws://a/?b=1'],
    ['/line', { b: 'x y', c: true }, '/line?b=x%20y&c=true'],
    ['/line?', { b: 1 }, '/line?b=1'],
    ['/line?a=1&', { b: 1 }, '/line?a=1&b=1'],
    ['/line', { plus: 'a+b', lone: '\ud800' }, '/line?plus=a%2Bb&lone=%EF%BF%BD'],
    ['/line', { t: encodeURIComponent('a b&c') }, '/line?t=a%20b%26c'],
    ['/line', { t: '100%' }, '/line?t=100%25'],
    ['/line?a=1', { b: 2 }, '/line?a=1&b=2'],
    ['/line', {}, '/line'],
    ['/line', { gone: null, absent: undefined }, '/line'],
    ['/line', { zero: 0, no: false, empty: '' }, '/line?zero=0&no=false&empty='],
    ['/line', { 'a&b': 'c=d#e' }, '/line?a%26b=c%3Dd%23e'],
  ])('of %s with %o is %s', (url, params, result) => {
    expect(withQuery(url, params)).toBe(result);
  });
});

describe('urlWith', () => {
  it('leaves a URL as it is without queryParams', () => {
    const ask = () => '/line';
    expect(urlWith('/line', undefined)).toBe('/line');
    expect(urlWith(ask, undefined)).toBe(ask);
  });

  it.each([
    ['a function', () => '/line'],
    ['an async function', async () => '/line'],
  ])('adds them to what %s gives', async (_, url) => {
    const added = urlWith(url, { a: 1 });
    expect(typeof added === 'function' && (await added())).toBe('/line?a=1');
  });
});
