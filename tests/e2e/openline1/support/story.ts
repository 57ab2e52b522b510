const EVENTS_MAX = 600;
const VIOLATIONS_MAX = 20;

/** What has happened in a run, for whoever has to find out why it went wrong. */
export class Story {
  readonly violations: string[] = [];
  private readonly events: string[] = [];
  private readonly startedAt = performance.now();

  tell(who: string, what: string): void {
    this.events.push(this.line(who, what));
    if (this.events.length > EVENTS_MAX) this.events.shift();
  }

  /** What must not happen has happened. The first ones tell the most; the others are left out. */
  blame(who: string, what: string): void {
    if (this.violations.length < VIOLATIONS_MAX) this.violations.push(this.line(who, what));
    this.tell(who, `VIOLATION: ${what}`);
  }

  toString(): string {
    return [...this.events, '', 'violations:', ...this.violations].join('\n');
  }

  private line(who: string, what: string): string {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    return `${seconds.toFixed(3).padStart(8)} ${who}: ${what}`;
  }
}
