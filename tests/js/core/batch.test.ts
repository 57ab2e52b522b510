import { describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const batchOf = (text: string, count: number) => new Batch(bytesOf(text), count, ['e1', 9]);

describe('Batch', () => {
  it('says how many there are and where the stream stands, and parses nothing', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const batch = batchOf('1,2', 2);
    expect([batch.count, batch.epoch, batch.last]).toEqual([2, 'e1', 9]);
    expect(batch.bytes).toEqual(bytesOf('1,2'));
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it('parses all at once, and once', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const batch = batchOf('{"a":"ä"},[2],null', 3);
    const values = batch.values();
    expect(values).toEqual([{ a: 'ä' }, [2], null]);
    expect(batch.values()).toBe(values);
    expect(parse).toHaveBeenCalledOnce();
    parse.mockRestore();
  });

  it('keeps a byte order mark within a text', () => {
    expect(batchOf('"\ufeffx"', 1).values()).toEqual(['\ufeffx']);
  });

  it.each([
    ['{', 1],
    ['1,2', 1],
    ['1', 2],
  ])('throws for %s as %d publications, and says where', (text, count) => {
    expect(() => batchOf(text, count).values()).toThrow(
      expect.objectContaining({
        code: 'protocol',
        message: expect.stringContaining(`the ${count} publications up to 9 of epoch e1`),
      }),
    );
  });

  it('throws for what is no UTF-8, and makes nothing up in its place', () => {
    // A text that ends within a character.
    const cut = bytesOf('"é"').filter((_, i) => i !== 2);
    expect(() => new Batch(cut, 1, ['e1', 9]).values()).toThrow('are no JSON');
  });
});

describe('the tail of a batch', () => {
  it('has the last ones, and stands where the batch stands', () => {
    const tail = batchOf('1,"é",{"a":3}', 3).tail(2);
    expect([tail.count, tail.epoch, tail.last]).toEqual([2, 'e1', 9]);
    expect(tail.values()).toEqual(['é', { a: 3 }]);
    expect(tail.values()).toBe(tail.values());
    expect(tail.bytes).toEqual(bytesOf('"é",{"a":3}'));
    expect(tail.tail(1).values()).toEqual([{ a: 3 }]);
    expect(tail.tail(0).values()).toEqual([]);
  });
});
