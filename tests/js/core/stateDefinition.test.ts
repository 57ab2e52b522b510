import { describe, expect, it } from 'vitest';
import {
  collection,
  document,
  latest,
  log,
  messages,
  reduce,
} from '../../../js/src/core/stateDefinition.js';

const MIB = 1_048_576;

describe('builders', () => {
  it('say nothing but what is needed of a state with no options', () => {
    expect(messages()).toEqual({ stream: null, spec: { kind: 'messages' } });
    expect(latest().spec).toEqual({ kind: 'latest', hasStream: false, maxBytes: 16 * MIB });
    expect(log({ stream: 'chat' })).toEqual({
      stream: 'chat',
      spec: { kind: 'log', hasStream: true, maxRows: 1_000, maxBytes: 16 * MIB },
      open: expect.any(Function),
    });
    expect(collection({ key: '/id' }).spec).toEqual({
      kind: 'collection',
      hasStream: false,
      key: '/id',
      update: 'replace',
      maxRows: 100_000,
      maxBytes: 64 * MIB,
    });
    expect(document({ patch: 'json-patch' }).spec).toEqual({
      kind: 'document',
      hasStream: false,
      patch: 'json-patch',
      maxBytes: 16 * MIB,
    });
  });

  it('say all that was given', () => {
    const options = {
      match: { '/type': 'row', '/v': 1 },
      value: '/data',
      key: '/id',
      remove: { '/op': 'delete', '/gone': true },
      update: 'merge',
      maxRows: 10,
      maxBytes: 1_000,
    } as const;
    const { stream, spec } = collection({ stream: 'board', ...options });
    expect(stream).toBe('board');
    expect(spec).toEqual({ kind: 'collection', hasStream: true, ...options });
    expect(Object.isFrozen(spec)).toBe(true);
  });

  it('leave out a match of nothing and the pointer to all', () => {
    expect(messages({ match: {}, value: '' }).spec).toEqual({ kind: 'messages' });
  });

  it('take a function of strings for a stream, and do not call it yet', () => {
    const stream = () => {
      throw new Error('called');
    };
    expect(log({ stream })).toMatchObject({ stream, spec: { hasStream: true } });
  });

  it('keep the reducer and where it begins', () => {
    const reducer = (sum: number, some: readonly number[]) => sum + some.length;
    const { spec } = reduce(reducer, 7, { value: '/n' });
    expect(spec).toEqual({ kind: 'reduce', value: '/n', reducer, initial: 7 });
  });

  it('take no options of others', () => {
    // @ts-expect-error a document has no key
    expect(() => document({ patch: 'merge-patch', key: '/id' })).toThrow('no option key');
    // @ts-expect-error a collection needs a key
    expect(() => collection({})).toThrow('key of collection()');
    // @ts-expect-error a log does not merge
    expect(() => log({ update: 'merge' })).toThrow('no option update');
    // @ts-expect-error a reducer that gives back another state than it takes
    expect(() => reduce((sum: number) => `${sum}`, 0)).not.toThrow();
  });
});
