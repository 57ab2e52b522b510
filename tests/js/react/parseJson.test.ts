import { describe, expect, it, vi } from 'vitest';
import { parseJson } from '../../../js/src/react/parseJson.js';

const message = (data: unknown) => new MessageEvent('message', { data });

describe('parseJson', () => {
  it.each([
    ['{"a":[1,null]}', { a: [1, null] }],
    ['"text"', 'text'],
    ['null', null],
    ['0', 0],
  ])('reads %s', (text, value) => {
    expect(parseJson(message(text))).toEqual(value);
  });

  it.each([['not JSON'], [''], ['{'], [new ArrayBuffer(2)], [undefined], [5]])(
    'has {} for %o, which is no JSON',
    (data) => {
      expect(parseJson(message(data))).toEqual({});
    },
  );

  it('parses each message once, null included', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const [object, nothing] = [message('{"a":1}'), message('null')];
    expect(parseJson(object)).toBe(parseJson(object));
    for (let i = 0; i < 3; i++) parseJson(nothing);
    expect(parse).toHaveBeenCalledTimes(2);
    parse.mockRestore();
  });
});
