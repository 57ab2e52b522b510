import { describe, expect, it } from 'vitest';
import type { AnyLineDefinition } from '../../../js/src/core/lineDefinition.js';
import { memberOf, messages, type StreamRef } from '../../../js/src/core/streamDefinition.js';

const line = {} as AnyLineDefinition;
type Family = (...args: string[]) => StreamRef;

describe('messages', () => {
  it('takes a name, and checks it', () => {
    expect(messages({ stream: 'board' })).toEqual({ kind: 'messages', stream: 'board' });
    expect(() => messages({ stream: '' })).toThrow(TypeError);
    expect(() => messages({ stream: 7 as unknown as string })).toThrow(TypeError);
  });

  it('takes a function, which is not called yet', () => {
    const stream = () => {
      throw new Error('called');
    };
    expect(messages({ stream })).toEqual({ kind: 'messages', stream });
  });
});

describe('memberOf', () => {
  it('is a stream of the line', () => {
    const ref = memberOf(line, 'board', messages({ stream: 'board' }));
    expect(ref).toEqual({ kind: 'messages', stream: 'board', line });
    expect(Object.isFrozen(ref)).toBe(true);
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

  it.each([[undefined], [null], [{}], ['board'], [{ kind: 'other', stream: 'x' }]])(
    'throws for %j, and says how to make one',
    (definition) => {
      expect(() => memberOf(line, 'board', definition)).toThrow(
        new TypeError('openline: state.board is no stream; make it by messages({ stream }).'),
      );
    },
  );
});
