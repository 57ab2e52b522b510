import { describe, expect, it, vi } from 'vitest';
import { AbiMemory } from '../../../js/src/core/abiMemory.js';
import type { Glue } from '../../../js/src/core/glue.js';

const PAGE = 65_536;

/** A memory whose buffer for frames lies at 64, and whose allocations lie at 4,096. */
function memoryOf(pages = 2) {
  const memory = new WebAssembly.Memory({ initial: pages });
  const glue = {
    _ol_frame_buffer: vi.fn((_size: number) => 64),
    _malloc: vi.fn((_size: number) => 4_096),
    _free: vi.fn(),
  };
  const textAt = (pointer: number, size: number) =>
    new TextDecoder().decode(new Uint8Array(memory.buffer, pointer, size));
  return { memory, glue, textAt, abi: new AbiMemory(glue as unknown as Glue, memory) };
}

describe('texts that cross as one', () => {
  const texts = { text: 'a€😀\ud800', units: Uint32Array.of(9, 2, 0, 2, 1).subarray(1) };

  it('lie in the buffer behind the number of code units of each', () => {
    const { abi, memory, textAt } = memoryOf();
    expect(abi.fillTexts(texts)).toBe(1 + 3 + 4 + 3);
    expect([...new Uint32Array(memory.buffer, 64, 4)]).toEqual([2, 0, 2, 1]);
    expect(textAt(64 + 4 * 4, 11)).toBe('a€😀\ufffd');
  });

  it('have room for what they may become at most', () => {
    const { abi, glue } = memoryOf();
    abi.fillTexts(texts);
    expect(glue._ol_frame_buffer).toHaveBeenCalledExactlyOnceWith(4 * 4 + 3 * 5);
  });
});

describe('a frame', () => {
  it.each([
    ['a text', 'a€😀', 8],
    ['an empty text', '', 0],
    ['a lone surrogate, which becomes U+FFFD', '\ud800', 3],
  ])('of %s lies in the buffer as UTF-8', (_, text, size) => {
    const { abi, textAt } = memoryOf();
    expect(abi.fillFrame(text)).toBe(size);
    expect(textAt(64, size)).toBe(text === '\ud800' ? '\ufffd' : text);
  });

  it('of bytes lies there as it is', () => {
    const { abi, memory } = memoryOf();
    expect(abi.fillFrame(Uint8Array.of(0, 255, 7).buffer)).toBe(3);
    expect([...new Uint8Array(memory.buffer, 64, 3)]).toEqual([0, 255, 7]);
  });

  it('of a long text asks for no more room than it needs', () => {
    const { abi, glue, textAt } = memoryOf();
    const text = 'x'.repeat(20_000);
    expect(abi.fillFrame(text)).toBe(20_000);
    expect(glue._ol_frame_buffer).toHaveBeenCalledExactlyOnceWith(20_000);
    expect(textAt(64, 20_000)).toBe(text);
  });

  it('for which there is no memory says so', () => {
    const { abi, glue } = memoryOf();
    glue._ol_frame_buffer.mockReturnValue(0);
    expect(() => abi.fillFrame('x')).toThrow('openline: the core is out of memory');
  });

  it('is written where the memory is after it has grown', () => {
    const { abi, memory, glue, textAt } = memoryOf();
    abi.fillFrame('before');
    glue._ol_frame_buffer.mockImplementation(() => {
      memory.grow(1);
      return 2 * PAGE;
    });
    expect(abi.fillFrame('after')).toBe(5);
    expect(textAt(2 * PAGE, 5)).toBe('after');
  });
});

describe('what is read', () => {
  it('is text that may hold a NUL and begin with U+FEFF', () => {
    const { abi } = memoryOf();
    const size = abi.fillFrame('\ufeffa\0b');
    expect(abi.textAt(64, size)).toBe('\ufeffa\0b');
    expect(abi.textAt(64, 0)).toBe('');
  });

  it('are words and doubles', () => {
    const { abi } = memoryOf();
    abi.withDoubles([1.5, Number.POSITIVE_INFINITY], (pointer) => {
      const { doubles, words } = abi.views();
      expect([...doubles.subarray(pointer / 8, pointer / 8 + 2)]).toEqual([1.5, Infinity]);
      expect(words[pointer / 4 + 1]).toBe(0x3ff8_0000);
    });
  });
});

describe('memory that is lent for a call', () => {
  it('is freed behind it', () => {
    const { abi, glue, textAt } = memoryOf();
    const used = abi.withText('name', (pointer, size) => {
      expect(glue._free).not.toHaveBeenCalled();
      return textAt(pointer, size);
    });
    expect(used).toBe('name');
    expect(glue._free).toHaveBeenCalledExactlyOnceWith(4_096);
  });

  it('is not when the call threw: a trapped instance is not entered again', () => {
    const { abi, glue } = memoryOf();
    expect(() =>
      abi.withText('name', () => {
        throw new Error('trap');
      }),
    ).toThrow('trap');
    expect(glue._free).not.toHaveBeenCalled();
  });
});
