import { describe, expect, it } from 'vitest';
import type { AnyLineDefinition } from '../../../js/src/core/lineDefinition.js';
import { memberOf } from '../../../js/src/core/lineMember.js';
import { collection, latest, messages } from '../../../js/src/core/stateDefinition.js';
import type { StreamRef } from '../../../js/src/core/stateRef.js';

const line = {} as AnyLineDefinition;
type Family = (...args: string[]) => StreamRef;

describe('memberOf', () => {
  it('says of what it is a part, and what it does with messages', () => {
    const board = collection({ stream: 'board', key: '/id' });
    const ref = memberOf(line, 'rows', board);
    const { spec } = board;
    expect(ref).toEqual({ kind: 'collection', name: 'rows', stream: 'board', line, spec });
    expect(Object.isFrozen(ref)).toBe(true);
  });

  it('has no stream where the line has none', () => {
    expect(memberOf(line, 'price', latest())).toMatchObject({ kind: 'latest', stream: null });
  });

  it('of a family is a function, which gives the same stream for the same name', () => {
    const chat = memberOf(line, 'chat', messages({ stream: (room) => `chat:${room}` })) as Family;
    expect(chat('a').stream).toBe('chat:a');
    expect(chat('a')).toBe(chat('a'));
    expect(chat('b')).not.toBe(chat('a'));
  });

  it('of a family checks each name', () => {
    const chat = memberOf(line, 'chat', messages({ stream: (room) => room })) as Family;
    expect(() => chat('')).toThrow(TypeError);
  });

  it('of a family wants as many strings as its name is made of, and says so', () => {
    const stream = (room: string, topic: string, part = 'all') => `${room}:${topic}:${part}`;
    const chat = memberOf(line, 'chat', messages({ stream })) as Family;
    const wanted = "openline: chat is a family; call it with strings: chat('…').";
    for (const args of [[], ['a'], ['a', 7], [undefined, 'b'], ['a', 'b', null]]) {
      expect(() => chat(...(args as string[]))).toThrow(new TypeError(wanted));
    }
    expect(chat('a', 'b').stream).toBe('a:b:all');
    expect(chat('a', 'b', 'c').stream).toBe('a:b:c');
  });

  it('of a family says that it is to be called to whoever takes it for a stream', () => {
    const chat = memberOf(line, 'chat', messages({ stream: (room) => room }));
    expect(() => (chat as StreamRef).line).toThrow(
      /^openline: chat is a family; call it with strings/,
    );
    expect(Object.keys(chat)).toEqual([]);
  });

  it('of a family keeps the thousand that were asked for last', () => {
    const chat = memberOf(line, 'chat', messages({ stream: (room) => room })) as Family;
    const [first, second] = [chat('first'), chat('second')];
    for (let i = 0; i < 998; i++) chat(`other ${i}`);
    expect(chat('first')).toBe(first);
    chat('one more');
    expect(chat('first')).toBe(first);
    expect(chat('second')).not.toBe(second);
    expect(chat('second')).toEqual(second);
  });

  it.each([[undefined], [null], [{}], ['board'], [{ stream: 'x' }], [{ spec: { kind: 'log' } }]])(
    'throws for %j, and says how to make one',
    (definition) => {
      expect(() => memberOf(line, 'board', definition)).toThrow(
        new TypeError(
          'openline: state.board is none; make it by latest(), log(), collection(), document(), ' +
            'reduce() or messages().',
        ),
      );
    },
  );
});
