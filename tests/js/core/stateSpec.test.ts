import { describe, expect, it } from 'vitest';
import {
  collection,
  document,
  latest,
  log,
  messages,
  reduce,
} from '../../../js/src/core/stateDefinition.js';

// What an application in JavaScript may get wrong, past what the types would have said.
const any = (options: unknown) => options as never;
const row = (options: object) => () => collection(any({ key: '/id', ...options }));

describe('options of states', () => {
  it.each([
    ['no options', () => collection(any(undefined)), 'options of collection() must be an object'],
    [
      'an unknown one',
      () => latest(any({ max: 1 })),
      'latest() has no option max; it takes stream',
    ],
    ['a collection without a key', () => collection(any({})), 'key of collection() must be a JSON'],
    ['a document without a patch', () => document(any({})), "'merge-patch' or 'json-patch'"],
    ['another patch', () => document(any({ patch: 'diff' })), 'patch of document() must be'],
    ['another update', row({ update: 'add' }), `'replace' or 'merge', not "add"`],
    ['a reducer that is none', () => reduce(any('sum'), 0), 'reduce() needs a function'],
    ['a name of a stream that is none', () => log({ stream: '' }), 'no name of a stream'],
    ['a pointer without a slash', row({ key: 'id' }), `key of collection() must be a JSON Pointer`],
    ['a pointer of numbers', () => log(any({ value: 7 })), 'value of log() must be'],
    ['a match that is a list', () => messages(any({ match: [] })), 'match of messages() must be'],
    ['a match that is null', () => messages(any({ match: null })), 'match of messages() must be'],
    [
      'a match of no pointer',
      () => messages({ match: { type: 'a' } }),
      'match of messages()["type"] is no JSON Pointer',
    ],
    [
      'a match of an object',
      () => messages(any({ match: { '/type': {} } })),
      'match of messages()["/type"] must be a finite number',
    ],
    ['a match of no number', () => messages({ match: { '/a': Number.NaN } }), 'not NaN'],
    ['a match of undefined', () => messages(any({ match: { '/a': undefined } })), 'not undefined'],
    ['a match of half a character', () => messages({ match: { '/a': '\udc00' } }), 'must be a'],
    ['a match of a long text', () => messages({ match: { '/a': 'x'.repeat(1_025) } }), 'must be a'],
    [
      'a match of too many',
      () =>
        messages({ match: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`/${i}`, i])) }),
      'match of messages() has 17 entries; 16 is the most',
    ],
    ['a remove without a key', () => log({ remove: { '/op': 'x' } }), 'remove of log() needs key'],
    ['a remove of everything', row({ remove: {} }), 'remove of collection() must be what a row'],
    ['no rows', row({ maxRows: 0 }), 'maxRows of collection() must be a number from 1 to 1000000'],
    ['too many rows', () => log({ max: 1_000_001 }), 'max of log() must be a number from 1'],
    ['a part of a row', () => log({ max: 1.5 }), 'max of log() must be a whole number from 1'],
    ['a limit in words', () => latest(any({ maxBytes: '1' })), 'maxBytes of latest() must be a'],
    ['no limit', () => latest({ maxBytes: Number.POSITIVE_INFINITY }), 'maxBytes of latest()'],
  ])('throws for %s', (_, define, part) => {
    expect(define).toThrow(TypeError);
    expect(define).toThrow(part);
  });

  it('takes each limit at both ends of its range', () => {
    for (const value of [1, 268_435_456]) expect(latest({ maxBytes: value }).spec).toBeDefined();
    for (const max of [1, 1_000_000]) expect(log({ max }).spec).toMatchObject({ maxRows: max });
    for (const maxRows of [1, 1_000_000]) {
      expect(collection({ key: '/id', maxRows }).spec).toMatchObject({ maxRows });
    }
  });

  it('keeps a copy: what the application does with its own later is its own affair', () => {
    const match: Record<string, string> = { '/type': 'a' };
    const { spec } = latest({ match });
    match['/type'] = 'b';
    expect(spec).toMatchObject({ match: { '/type': 'a' } });
  });
});
