import { describe, expect, it } from 'vitest';
import { byteLength, isSendable, sizeOf, snapshotOf } from '../../../js/src/core/byteLength.js';

const encoder = new TextEncoder();

/** Small deterministic generator, so that a failure can be repeated. */
function randomTexts(count: number, seed: number): string[] {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const ranges = [
    [0x0000, 0x80],
    [0x80, 0x780],
    [0x800, 0xd000],
    [0xd800, 0x400], // high surrogates, often alone
    [0xdc00, 0x400], // low ones
    [0xe000, 0x2000],
  ] as const;
  return Array.from({ length: count }, () => {
    let text = '';
    for (let length = next(30); length > 0; length--) {
      const [from, width] = ranges[next(ranges.length)] ?? ranges[0];
      text += String.fromCharCode(from + next(width));
    }
    return text;
  });
}

describe('byteLength', () => {
  it.each([
    ['nothing', ''],
    ['ASCII', 'hello'],
    ['NUL', 'a\0b'],
    ['two bytes', 'é'],
    ['three bytes', '€'],
    ['a pair', '😀'],
    ['a lone high surrogate', '\ud800'],
    ['a lone low surrogate', '\udc00'],
    ['a high surrogate at the end', 'a\ud83d'],
    ['a high surrogate before a letter', '\ud83da'],
    ['two high surrogates and a low one', '\ud83d\ud83d\ude00'],
    ['a swapped pair', '\ude00\ud83d'],
  ])('counts %s as a WebSocket sends it', (_, text) => {
    expect(byteLength(text)).toBe(encoder.encode(text).byteLength);
  });

  it('agrees with TextEncoder on 20,000 random texts', () => {
    const wrong = randomTexts(20_000, 7).filter(
      (text) => byteLength(text) !== encoder.encode(text).byteLength,
    );
    expect(wrong).toEqual([]);
  });

  it('counts the bytes of binaries and of the part that a view shows', () => {
    expect(byteLength(new ArrayBuffer(5))).toBe(5);
    expect(byteLength(new Uint16Array(new ArrayBuffer(10), 2, 3))).toBe(6);
    expect(byteLength(new Blob(['é']))).toBe(2);
  });
});

describe('sizeOf', () => {
  it('is free to ask and never more than the payload', () => {
    expect(sizeOf('€')).toBe(1);
    expect(sizeOf(new DataView(new ArrayBuffer(8), 3))).toBe(5);
    expect(sizeOf(new Blob(['abc']))).toBe(3);
  });
});

describe('isSendable', () => {
  it.each([
    ['a text', 'x'],
    ['an ArrayBuffer', new ArrayBuffer(1)],
    ['a view', new Float64Array(1)],
    ['a DataView', new DataView(new ArrayBuffer(1))],
    ['a Blob', new Blob([])],
  ])('takes %s', (_, value) => {
    expect(isSendable(value)).toBe(true);
  });

  it.each([
    [undefined],
    [null],
    [1],
    [{}],
    [[]],
    [Symbol('x')],
    [Object('text')],
    [{ byteLength: 3 }],
    [new SharedArrayBuffer(1)],
    [new Uint8Array(new SharedArrayBuffer(1))],
    [new DataView(new SharedArrayBuffer(1))],
  ])('refuses %o', (value) => {
    expect(isSendable(value)).toBe(false);
  });
});

describe('snapshotOf', () => {
  it('keeps what cannot change', () => {
    const blob = new Blob(['x']);
    expect(snapshotOf(blob)).toBe(blob);
    expect(snapshotOf('x')).toBe('x');
  });

  it('copies a buffer, so that later writes do not show', () => {
    const buffer = Uint8Array.of(1, 2, 3).buffer;
    const copy = snapshotOf(buffer) as Uint8Array;
    new Uint8Array(buffer).fill(9);
    expect([...copy]).toEqual([1, 2, 3]);
  });

  it('copies only the part that a view shows', () => {
    const bytes = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const copy = snapshotOf(new Uint16Array(bytes.buffer, 2, 2)) as Uint8Array;
    const part = snapshotOf(new DataView(bytes.buffer, 5, 2)) as Uint8Array;
    bytes.fill(9);
    expect([...copy]).toEqual([2, 3, 4, 5]);
    expect([...part]).toEqual([5, 6]);
    expect(copy.buffer.byteLength).toBe(4);
  });
});
