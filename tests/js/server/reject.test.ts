import { describe, expect, it, vi } from 'vitest';
import { isReject, Reject } from '../../../js/src/server/reject.js';

describe('Reject', () => {
  it('bears a code and a text, and is an Error', () => {
    const reject = new Reject(17, 'too loud');
    expect(reject).toBeInstanceOf(Error);
    expect(reject).toMatchObject({ name: 'Reject', code: 17, text: 'too loud' });
    expect(new Reject(0).text).toBe('');
    expect(new Reject(65_535).code).toBe(65_535);
  });

  it.each([-1, 65_536, 1.5, Number.NaN])('refuses %d as a code', (code) => {
    expect(() => new Reject(code)).toThrow(/give an integer from 0 to 65535/);
  });

  it('cuts what it says, and says nothing that is no text', () => {
    expect(new Reject(1, 'x'.repeat(2_000)).text).toHaveLength(1_000);
    expect(new Reject(1, `a\ud800b`).text).toBe('a\ufffdb');
  });

  it('is known in another copy of the module', async () => {
    vi.resetModules();
    const other = await import('../../../js/src/server/reject.js');
    expect(other.Reject).not.toBe(Reject);
    expect(isReject(new other.Reject(1))).toBe(true);
    expect(other.isReject(new Reject(1))).toBe(true);
  });

  it('is nothing that only looks like one', () => {
    for (const other of [null, undefined, 'x', new Error('x'), { code: 1, text: '' }]) {
      expect(isReject(other)).toBe(false);
    }
  });
});
