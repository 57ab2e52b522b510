import { describe, expect, it } from 'vitest';
import { readClientFrame } from '../../../js/src/server/clientFrame.js';
import vectors from '../../fixtures/protocol.json' with { type: 'json' };

describe('readClientFrame', () => {
  it.each([...vectors.clientFrames, ...vectors.lenientClientFrames])('reads $name', (vector) => {
    expect(readClientFrame(vector.text)).toMatchObject(vector.value);
  });

  it.each(vectors.ignoredClientFrames)('ignores $name', ({ text }) => {
    expect(readClientFrame(text)).toEqual({ kind: 'unknown' });
  });

  it.each(vectors.malformedClientFrames)('refuses $name', ({ text }) => {
    expect(readClientFrame(text)).toBeNull();
  });

  it('survives 64 KiB of brackets', () => {
    for (const bracket of ['[', '{"":', '[{"":']) {
      expect(readClientFrame(bracket.repeat(65_536 / bracket.length))).toBeNull();
    }
  });

  it('marks a message that is nested deeper than 128 levels, and no other', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    const message = (payload: string) => readClientFrame(`[2,1,"chat",${payload}]`);
    expect(message(nested(127))).toMatchObject({ tooDeep: false });
    expect(message(nested(128))).toMatchObject({ tooDeep: true });
    expect(message(JSON.stringify('['.repeat(1_000)))).toMatchObject({ tooDeep: false });
    expect(message(nested(30_000))).toMatchObject({ tooDeep: true });
  });

  it('takes __proto__ for a name like any other', () => {
    const frame = readClientFrame('[2,1,"__proto__",{"__proto__":{"isAdmin":true}}]');
    expect(frame).toMatchObject({ kind: 'message', stream: '__proto__' });
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    const value = frame?.kind === 'message' ? (frame.value as object) : {};
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});
