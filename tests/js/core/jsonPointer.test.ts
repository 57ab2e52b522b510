import { describe, expect, it } from 'vitest';
import { pointerFault, tokensOf, valueAt } from '../../../js/src/core/jsonPointer.js';

const find = (value: unknown, pointer: string) => valueAt(value, tokensOf(pointer));

describe('pointerFault', () => {
  it.each([
    [''],
    ['/'],
    ['/a/b'],
    ['/~0/~1'],
    ['/é'],
    [`/${'x'.repeat(1_023)}`],
    ['/a'.repeat(32)],
  ])('has nothing to say about %j', (text) => expect(pointerFault(text)).toBeNull());

  it.each([
    [7, 'it is no string'],
    ['id', "it does not begin with '/'"],
    ['/a~', "a '~' is written ~0"],
    ['/~2', "a '~' is written ~0"],
    ['/\ud800', 'half of a surrogate pair'],
    [`/${'é'.repeat(512)}`, 'over 1024 bytes'],
    ['/a'.repeat(33), 'over 32 names'],
  ])('says what is wrong with %j', (text, part) => expect(pointerFault(text)).toContain(part));
});

describe('valueAt', () => {
  // RFC 6901, section 5.
  const document = {
    foo: ['bar', 'baz'],
    '': 0,
    'a/b': 1,
    'c%d': 2,
    'e^f': 3,
    'g|h': 4,
    'i\\j': 5,
    'k"l': 6,
    ' ': 7,
    'm~n': 8,
  };

  it.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('finds what %j leads to', (pointer, value) => {
    expect(find(document, pointer)).toEqual(value);
  });

  it('undoes escapes once: ~01 is ~1', () => {
    expect(find({ '~1': 'yes', '/': 'no' }, '/~01')).toBe('yes');
  });

  it.each([['/foo/2'], ['/foo/00'], ['/foo/-'], ['/foo/length'], ['/foo/0/0'], ['/bar'], ['/ /x']])(
    'finds nothing at %j',
    (pointer) => expect(find(document, pointer)).toBeUndefined(),
  );

  it('finds null, and nothing within it', () => {
    expect(find({ a: null }, '/a')).toBeNull();
    expect(find({ a: null }, '/a/b')).toBeUndefined();
  });

  it('finds what is there, never what every object inherits', () => {
    expect(find({}, '/constructor/name')).toBeUndefined();
    expect(find({}, '/__proto__')).toBeUndefined();
    expect(find(JSON.parse('{"__proto__": {"a": 1}}'), '/__proto__/a')).toBe(1);
  });
});
