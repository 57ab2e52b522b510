import { describe, expect, it } from 'vitest';
import { isOverdrawn, nextFullAt, RateLimits } from '../../../js/src/server/rateLimit.js';

const rate = { perSecond: 10, burst: 5 };

describe('a bucket', () => {
  it('holds a burst, and gets one back each hundred milliseconds', () => {
    let fullAt = 0;
    const take = (now: number) => {
      fullAt = nextFullAt(fullAt, now, rate);
      return isOverdrawn(fullAt, now, rate);
    };
    expect([1, 2, 3, 4, 5].map(() => take(1_000))).not.toContain(true);
    expect(take(1_000)).toBe(true);
    expect(isOverdrawn(fullAt, 1_100, rate)).toBe(false);
    expect(take(1_100)).toBe(true);
  });
});

describe('RateLimits', () => {
  it('gives each key a bucket of its own, and takes nothing from one that is empty', () => {
    const limits = new RateLimits(rate, 10);
    for (let i = 0; i < 5; i += 1) expect(limits.take('a', 0)).toBe(true);
    for (let i = 0; i < 100; i += 1) expect(limits.take('a', 0)).toBe(false);
    expect(limits.take('b', 0)).toBe(true);
    expect(limits.take('a', 100)).toBe(true);
    expect(limits.take('a', 100)).toBe(false);
  });

  it('forgets whose bucket is full', () => {
    const limits = new RateLimits(rate, 10);
    limits.take('a', 0);
    expect(limits.size).toBe(1);
    limits.take('b', 1_000);
    expect(limits.size).toBe(1);
  });

  it('remembers no more keys than it may', () => {
    const limits = new RateLimits(rate, 100);
    for (let i = 0; i < 10_000; i += 1) limits.take(`key ${i}`, 0);
    expect(limits.size).toBe(100);
  });
});
