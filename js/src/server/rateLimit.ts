/** So many at once, and then so many a second. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * A generic cell rate algorithm, which is a token bucket in one number: the moment at which the
 * bucket will be full again. It starts full at 0.
 */
export function nextFullAt(fullAt: number, now: number, { perSecond }: Rate): number {
  return Math.max(fullAt, now) + 1_000 / perSecond;
}

/** Whether more was taken than the bucket held. */
export function isOverdrawn(fullAt: number, now: number, { perSecond, burst }: Rate): boolean {
  return fullAt - now > (burst * 1_000) / perSecond;
}

/** A bucket for each of many keys, and no more memory than for `keysMax` of them. */
export class RateLimits {
  private readonly rate: Rate;
  private readonly keysMax: number;
  private readonly fullAt = new Map<string, number>();

  constructor(rate: Rate, keysMax: number) {
    this.rate = rate;
    this.keysMax = keysMax;
  }

  get size(): number {
    return this.fullAt.size;
  }

  /** True, and one is taken, if the bucket of `key` holds one. */
  take(key: string, now: number): boolean {
    const fullAt = this.fullAt.get(key) ?? 0;
    const next = nextFullAt(fullAt, now, this.rate);
    if (isOverdrawn(next, now, this.rate)) return false;
    // The newest last, so that what makes room is what has rested longest.
    this.fullAt.delete(key);
    this.fullAt.set(key, next);
    this.forget(now);
    return true;
  }

  private forget(now: number): void {
    for (const [key, fullAt] of this.fullAt) {
      if (fullAt > now && this.fullAt.size <= this.keysMax) return;
      this.fullAt.delete(key);
    }
  }
}
