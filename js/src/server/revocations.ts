/**
 * Who was revoked a moment ago: an upgrade that was authenticated before and completes after it
 * must not slip through.
 */
export class Revocations {
  private readonly keptMs: number;
  private readonly at = new Map<string, number>();

  /** `keptMs`: how long an upgrade may be under way. */
  constructor(keptMs: number) {
    this.keptMs = keptMs;
  }

  get size(): number {
    return this.at.size;
  }

  add(user: string, now: number): void {
    this.at.delete(user);
    this.at.set(user, now);
    for (const [other, at] of this.at) {
      if (now - at <= this.keptMs) break;
      this.at.delete(other);
    }
  }

  /** Whether what began at `since` began before this user was revoked. */
  isRevoked(user: string, since: number): boolean {
    return (this.at.get(user) ?? -1) >= since;
  }
}
