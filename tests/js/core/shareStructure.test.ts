import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareStructure } from '../../../js/src/core/shareStructure.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe('shareStructure', () => {
  it('gives back what was there before when nothing has changed', () => {
    const before = { a: [1, { b: null }], c: 'x' };
    expect(shareStructure(before, copy(before))).toBe(before);
  });

  it('keeps the parts that have not changed', () => {
    const before = { same: { x: [1] }, other: { y: 1 } };
    const now = shareStructure(before, { same: { x: [1] }, other: { y: 2 } });
    expect(now).toEqual({ same: { x: [1] }, other: { y: 2 } });
    expect(now.same).toBe(before.same);
  });

  it('changes neither of the two', () => {
    const before = Object.freeze({ a: Object.freeze({ b: 1 }), c: 1 });
    const now = Object.freeze({ a: Object.freeze({ b: 1 }), c: 2 });
    expect(shareStructure(before, now)).toEqual({ a: { b: 1 }, c: 2 });
  });

  it.each([
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ], // the order of members shows
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: 1, b: 1 }, { a: 1 }],
    [[1, 2], [1]],
    [[1], { 0: 1 }],
    [0, -0],
    [null, {}],
    [{ a: undefined }, { b: undefined }],
  ])('tells %o from %o', (before, now) => {
    const shared = shareStructure<unknown>(before, now);
    expect(Object.is(shared, before)).toBe(false);
    expect(shared).toStrictEqual(now);
    expect(Object.keys(Object(shared))).toEqual(Object.keys(Object(now)));
  });

  it('takes __proto__ and constructor for data', () => {
    const text = '{"__proto__":{"x":1},"constructor":{"y":[]},"z":1}';
    const before = JSON.parse(text);
    expect(shareStructure(before, JSON.parse(text))).toBe(before);
    const now = shareStructure(before, JSON.parse(text.replace('"z":1', '"z":2')));
    expect(Object.keys(now)).toEqual(['__proto__', 'constructor', 'z']);
    expect(Object.getPrototypeOf(now)).toBe(Object.prototype);
    expect(now.constructor).toBe(before.constructor);
    expect({}).not.toHaveProperty('x');
    expect(shareStructure<object>({}, JSON.parse('{"toString":1}'))).toEqual({ toString: 1 });
  });

  it('does not look into what is no plain object', () => {
    const now = { at: new Date(5) };
    expect(shareStructure({ at: new Date(5) }, now).at).toBe(now.at);
    expect(shareStructure(new Map(), new Map([[1, 2]])).size).toBe(1);
  });

  it('takes what is nested too deep as it comes', () => {
    const deep = (levels: number): unknown[] => {
      let value: unknown[] = [];
      for (let i = 0; i < levels; i++) value = [value];
      return value;
    };
    const [before, now] = [deep(100_000), deep(100_000)];
    expect(() => shareStructure(before, now)).not.toThrow();
    const within = deep(60);
    expect(shareStructure(within, deep(60))).toBe(within);
  });

  it('is the new value, and the old one exactly when they are the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [before, now] = [copy(a), copy(b)];
        const shared = shareStructure(before, now);
        expect(JSON.stringify(shared)).toBe(JSON.stringify(now));
        const isSame = JSON.stringify(before) === JSON.stringify(now);
        if (isSame) expect(Object.is(shared, before)).toBe(true);
      }),
    );
  });
});
