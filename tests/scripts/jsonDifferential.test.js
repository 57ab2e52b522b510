import { describe, expect, test } from 'vitest';
import { compareBatches } from '../fuzz/differential/json.js';
import * as oracle from '../fuzz/differential/jsonOracle.js';
import { Chance, makeText } from '../fuzz/differential/jsonTexts.js';

const parsed = (text) => oracle.parse(Buffer.from(text))?.value;
const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);

describe('json differential: the oracle', () => {
  test('takes what JSON.parse takes, but for depth and bytes that are not UTF-8', () => {
    expect(parsed(' {"a":[1,"é"]} ')).toEqual({ a: [1, 'é'] });
    expect(parsed('[1,]')).toBeUndefined();
    expect(parsed('\ufeff[]')).toBeUndefined();
    expect(oracle.parse(Buffer.from([0x22, 0xff, 0x22]))).toBeUndefined();
    expect(parsed(nested(64))).toBeDefined();
    expect(parsed(nested(65))).toBeUndefined();
    expect(parsed(`["${'['.repeat(200)}\\""]`)).toHaveLength(1);
    expect(parsed(`{"a":${nested(64)},"a":1}`)).toBeUndefined();
  });

  test('walks along a pointer over own members and elements', () => {
    const value = JSON.parse('{"a":[1,{"__proto__":2}],"":3,"a/~":4}');
    const found = (pointer) => oracle.walk(value, oracle.tokensOf(pointer));
    expect(found('')).toBe(value);
    expect(found('/a/1/__proto__')).toBe(2);
    expect(found('/')).toBe(3);
    expect(found('/a~1~0')).toBe(4);
    for (const pointer of ['/a/2', '/a/01', '/a/length', '/constructor', '/a/0/0']) {
      expect(found(pointer)).toBe(oracle.nothing);
    }
  });

  test('compares by value, and tells -0 from 0', () => {
    expect(oracle.isSame({ a: [1, null] }, { a: [1, null] })).toBe(true);
    for (const [a, b] of [
      [0, -0],
      [[], {}],
      [{ a: 1 }, { b: 1 }],
      [{}, { a: 1 }],
      [null, {}],
    ]) {
      expect(oracle.isSame(a, b)).toBe(false);
    }
  });

  test('knows which numbers must have a name', () => {
    for (const text of [
      '0',
      '-0.0e999',
      '1e307',
      '123456789012345',
      '9007199254740991',
      '1e-307',
    ]) {
      expect(oracle.mustHaveName(text)).toBe(true);
    }
    for (const text of ['1e308', '1e400', '1e-308', '9007199254740992', '0.1234567890123456']) {
      expect(oracle.mustHaveName(text)).toBe(false);
    }
  });
});

test('json differential: a seed makes the same texts again, another one others', () => {
  const texts = (seed) => {
    const chance = new Chance(seed);
    return Array.from({ length: 50 }, () => makeText(chance));
  };
  expect(texts(1)).toEqual(texts(1));
  expect(texts(1)).not.toEqual(texts(2));
});

test('json differential: a judge that refuses everything is found out', () => {
  const memory = new WebAssembly.Memory({ initial: 100 });
  const answers = 3_000_000;
  let pointers = 0;
  const judge = {
    memory,
    room: () => 8,
    use_pointers(size) {
      pointers = Buffer.from(memory.buffer, 8, size).filter((byte) => byte === 10).length;
      return pointers;
    },
    judge(count) {
      const width = 2 * pointers + 4;
      const words = new Uint32Array(memory.buffer, answers, width * count).fill(0xffff_ffff);
      for (let i = 0; i < count; i += 1) words[i * width + 2 * pointers] = 0;
      return answers;
    },
    names: () => 0,
  };
  const { differences, cases } = compareBatches(judge, 1, 1);
  expect(cases).toBe(1_000);
  expect(differences.length).toBeGreaterThan(400);
  expect(differences[0]).toMatch(/^seed 1, text \d+: judged 0, but it is JSON: /);
});
