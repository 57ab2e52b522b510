import { describe, expect, it, vi } from 'vitest';
import { PlainMessage } from '../../../js/src/core/plainMessage.js';

describe('a message of a line without streams', () => {
  it('is parsed once, and not before somebody reads it', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const message = new PlainMessage('{"a":1}', () => {});
    expect(parse).not.toHaveBeenCalled();
    expect(message.value()).toEqual({ a: 1 });
    expect(message.value()).toBe(message.value());
    expect(parse).toHaveBeenCalledOnce();
    parse.mockRestore();
  });

  it('may be bytes of UTF-8', () => {
    const { buffer } = new TextEncoder().encode('"é"');
    const message = new PlainMessage(buffer as ArrayBuffer, () => {});
    expect([message.value(), message.size]).toEqual(['é', 4]);
  });

  const bytes = (...all: number[]) => new Uint8Array(all).buffer;
  // A byte order mark is no JSON in bytes either, as the core says too.
  it.each(['{', '', '\ufeff1', bytes(34, 0xff, 34), bytes(0xef, 0xbb, 0xbf, 49)])(
    '%o is told of once',
    (data) => {
      const refused = vi.fn();
      const message = new PlainMessage(data, refused);
      expect([message.value(), message.value()]).toEqual([undefined, undefined]);
      expect(refused).toHaveBeenCalledOnce();
      expect(refused.mock.calls[0]?.[0]).toMatchObject({
        code: 'message',
        message: expect.stringMatching(/^openline: a message is no JSON \(.+\); send what /),
      });
    },
  );
});
