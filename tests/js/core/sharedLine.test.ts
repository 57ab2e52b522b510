import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { sharedLine } from '../../../js/src/core/sharedLine.js';

afterEach(() => vi.unstubAllGlobals());

describe('sharedLine', () => {
  it('is the same line for the same definition, and another one for another', () => {
    vi.stubGlobal('document', {});
    const [a, b] = [defineLine('/line'), defineLine('/line')];
    expect(sharedLine(a)).not.toBeNull();
    expect(sharedLine(a)).toBe(sharedLine(a));
    expect(sharedLine(b)).not.toBe(sharedLine(a));
  });

  it('is none on a server, where nothing is shared between requests', () => {
    expect(sharedLine(defineLine('/line'))).toBeNull();
  });

  it('throws for what is no definition, on a server as well', () => {
    expect(() => sharedLine({} as never)).toThrow('give what defineLine() returned');
  });
});
