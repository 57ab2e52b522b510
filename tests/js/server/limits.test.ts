import { describe, expect, it } from 'vitest';
import { checkedInteger, LIMIT_TABLE, resolveLimits } from '../../../js/src/server/limits.js';

describe('resolveLimits', () => {
  it('has a value in range for every limit', () => {
    const limits = resolveLimits();
    for (const [name, [standard, min, max]] of Object.entries(LIMIT_TABLE)) {
      expect(Reflect.get(limits, name)).toBe(standard);
      expect(standard).toBeGreaterThanOrEqual(min);
      expect(standard).toBeLessThanOrEqual(max);
    }
    expect(limits.frameBurst).toBeGreaterThan(limits.messageWindow);
  });

  it('takes what is given', () => {
    expect(resolveLimits({ messageWindow: 7 })).toMatchObject({ messageWindow: 7 });
  });

  it.each(Object.entries(LIMIT_TABLE))('keeps %s within its range', (name, [, min, max]) => {
    for (const value of [min - 1, max + 1]) {
      expect(() => resolveLimits({ [name]: value })).toThrow(`limits.${name} is ${value}; give`);
    }
    for (const value of [min + 0.5, Number.NaN, '1', null]) {
      expect(() => resolveLimits({ [name]: value })).toThrow(/give an integer/);
    }
  });

  it('names a limit that it does not know, and those that there are', () => {
    const wrong = { frameByte: 1 } as object;
    expect(() => resolveLimits(wrong)).toThrow(/limits.frameByte is not known; .*frameBytes/);
  });

  it('wants a burst that holds a window', () => {
    expect(() => resolveLimits({ frameBurst: 10 })).toThrow(/frameBurst .* messageWindow/);
  });
});

describe('checkedInteger', () => {
  it('takes the standard value for undefined', () => {
    expect(checkedInteger('x', undefined, [5, 0, 10])).toBe(5);
    expect(checkedInteger('x', 0, [5, 0, 10])).toBe(0);
  });
});
