import { describe, expect, it } from 'vitest';
import { OpenlineError } from '../../../js/src/core/openlineError.js';
import { payloadText } from '../../../js/src/core/payloadText.js';

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

describe('payloadText', () => {
  it.each([
    [null, 'null'],
    [0, '0'],
    ['ä"', '"ä\\""'],
    [[1, { a: true }], '[1,{"a":true}]'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['\ud800', '"\\ud800"'],
  ])('makes JSON of %j', (payload, text) => {
    expect(payloadText(payload)).toBe(text);
  });

  it.each([
    ['undefined', undefined, 'undefined has no JSON form; send null'],
    ['a function', () => 1, 'function has no JSON form'],
    ['a symbol', Symbol('s'), 'symbol has no JSON form'],
    ['a BigInt', 1n, 'has no JSON form'],
    ['a BigInt within', { a: [1n] }, 'has no JSON form'],
    ['a cycle', cycle, 'has no JSON form'],
    ['a Blob', new Blob(['x']), 'a Blob, an ArrayBuffer or a view has no JSON form'],
    ['a buffer', new ArrayBuffer(1), 'a Blob, an ArrayBuffer or a view'],
    ['a view', new Uint8Array(1), 'a Blob, an ArrayBuffer or a view'],
    ['a Buffer, which has a toJSON', Buffer.of(1), 'a Blob, an ArrayBuffer or a view'],
    ['a Blob within', { file: [new Blob(['x'])] }, 'a Blob, an ArrayBuffer or a view'],
  ])('refuses %s, and says what to do', (_, payload, part) => {
    let thrown: unknown;
    try {
      payloadText(payload);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(OpenlineError);
    expect(thrown).toMatchObject({ code: 'unsendable' });
    expect((thrown as Error).message).toContain(part);
    expect((thrown as Error).message).toContain('send');
  });
});
