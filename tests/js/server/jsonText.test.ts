import { describe, expect, it } from 'vitest';
import { isDeeper, jsonText } from '../../../js/src/server/jsonText.js';

describe('jsonText', () => {
  it('is JSON', () => {
    expect(jsonText({ a: [1, null, 'é'] }, 'x')).toBe('{"a":[1,null,"é"]}');
  });

  it.each([undefined, () => 1, Symbol('x')])('refuses %s, and says what to give', (value) => {
    expect(() => jsonText(value, 'a reply')).toThrow(/^openline: a reply is \w+, .*; give null/);
  });

  it('refuses what JSON.stringify does not do, with a TypeError', () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    let deep: unknown = 0;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    for (const value of [1n, cyclic, deep]) {
      expect(() => jsonText(value, 'a reply')).toThrow(TypeError);
    }
  });
});

describe('isDeeper', () => {
  const nested = (depth: number) => '[{"a":'.repeat(depth / 2) + '}]'.repeat(depth / 2);

  it('counts arrays and objects', () => {
    expect(isDeeper(nested(128), 128)).toBe(false);
    expect(isDeeper(nested(130), 128)).toBe(true);
    expect(isDeeper(`[${'[],'.repeat(1_000)}0]`, 2)).toBe(false);
  });

  it('does not count what stands in strings', () => {
    expect(isDeeper(`["${'['.repeat(100)}"]`, 10)).toBe(false);
    expect(isDeeper(`["\\"${'['.repeat(100)}"]`, 10)).toBe(false);
    expect(isDeeper(`["\\\\",${'['.repeat(100)}`, 10)).toBe(true);
  });
});
