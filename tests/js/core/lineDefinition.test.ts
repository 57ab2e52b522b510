import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type DefinitionOptions,
  defineLine,
  settingsOf,
} from '../../../js/src/core/lineDefinition.js';
import {
  document,
  latest,
  messages,
  reduce,
  type StateDefinitions,
} from '../../../js/src/core/stateDefinition.js';
import type { StreamRef } from '../../../js/src/core/stateRef.js';

const state = {
  board: messages<number>({ stream: 'board' }),
  chat: messages<{ text: string }>({ stream: (room) => `chat:${room}` }),
};

describe('defineLine', () => {
  it('has a member for each entry of state', () => {
    const line = defineLine('/line', { state });
    expect(line.board).toMatchObject({ kind: 'messages', name: 'board', stream: 'board', line });
    expect(line.chat('a').stream).toBe('chat:a');
    expect(Object.keys(line)).toEqual(['board', 'chat']);
    expect(Object.isFrozen(line)).toBe(true);
    expectTypeOf(line.board).toEqualTypeOf<StreamRef<number>>();
    expectTypeOf(line.chat('a')).toEqualTypeOf<StreamRef<{ text: string }>>();
  });

  it('offers openline.1 exactly when it names a stream, the others behind it', () => {
    const offered = (options: DefinitionOptions) =>
      settingsOf(defineLine('/line', options)).resolved.protocols;
    expect(offered({})).toEqual([]);
    expect(offered({ protocols: ['a'] })).toEqual(['a']);
    expect(offered({ state })).toEqual(['openline.1']);
    expect(offered({ state, protocols: ['a', 'openline.1'] })).toEqual(['openline.1', 'a']);
    expect(() => offered({ protocols: 'openline.1' })).toThrow('define a stream');
  });

  it('says what the line needs: the core that keeps states or documents, and bytes', () => {
    const needs = (of: StateDefinitions) => {
      const settings = settingsOf(defineLine('/', { state: of }));
      const { hasStreams, hasStates, hasDocuments, binaryType } = settings;
      return [hasStreams, hasStates, hasDocuments, binaryType];
    };
    const patch = 'merge-patch';
    const count = (sum: number) => sum;
    expect(needs({})).toEqual([false, false, false, 'blob']);
    expect(needs(state)).toEqual([true, false, false, 'arraybuffer']);
    expect(needs({ a: messages(), b: reduce(count, 0) })).toEqual([
      false,
      false,
      false,
      'arraybuffer',
    ]);
    expect(needs({ a: latest() })).toEqual([false, true, false, 'arraybuffer']);
    expect(needs({ a: document({ patch, stream: 'a' }) })).toEqual([
      true,
      true,
      true,
      'arraybuffer',
    ]);
  });

  it('keeps what it was given: a URL, options, and how long it lingers', () => {
    const url = () => '/line';
    const auth = { refresh: () => {} };
    const settings = settingsOf(defineLine(url, { auth, lingerMs: 0, state }));
    expect(settings).toMatchObject({ url, options: { auth }, lingerMs: 0, hasStreams: true });
    expect(settingsOf(defineLine('/')).lingerMs).toBe(500);
    expect(settingsOf(defineLine('/')).hasStreams).toBe(false);
  });

  it.each([
    ['no URL', () => defineLine(undefined as unknown as string), 'a string or a function'],
    ['an option out of range', () => defineLine('/', { connectTimeoutMs: 0 }), 'connectTimeoutMs'],
    ['a linger below 0', () => defineLine('/', { lingerMs: -1 }), 'lingerMs must be a number'],
    ['a linger that is a text', () => defineLine('/', { lingerMs: '1' as never }), 'lingerMs'],
    ['a state that is none', () => defineLine('/', { state: 'x' as never }), 'state must be'],
    ['an entry that is none', () => defineLine('/', { state: { a: 1 as never } }), 'state.a is no'],
    [
      'a mixture of members with and without streams',
      () => defineLine('/', { state: { ...state, price: latest() } }),
      'state.board has a stream and state.price has none',
    ],
    ['a hello with streams', () => defineLine('/', { state, hello: 'hi' }), 'hello is for a line'],
    ['a heartbeat with streams', () => defineLine('/', { state, heartbeat: true }), 'heartbeat is'],
  ])('throws for %s', (_, define, part) => {
    expect(define).toThrow(TypeError);
    expect(define).toThrow(part);
  });

  it.each([['then'], ['toJSON'], ['constructor'], ['__proto__']])(
    'throws for a member called %s, which JavaScript asks for by itself',
    (name) => {
      const entries = Object.fromEntries([[name, state.board]]);
      expect(() => defineLine('/', { state: entries })).toThrow(
        new TypeError(`openline: a member of state cannot be called '${name}'; rename it.`),
      );
    },
  );

  it('takes a heartbeat that is off, and a hello without streams', () => {
    expect(() => defineLine('/', { state, heartbeat: false })).not.toThrow();
    expect(() => defineLine('/', { hello: 'hi', heartbeat: true })).not.toThrow();
    const members = { price: latest() };
    expect(() => defineLine('/', { state: members, hello: 'hi', heartbeat: true })).not.toThrow();
  });
});

describe('settingsOf', () => {
  it.each([[null], [undefined], [{}], ['/line']])('throws for %j', (value) => {
    expect(() => settingsOf(value as never)).toThrow(
      new TypeError('openline: give what defineLine() returned.'),
    );
  });
});
