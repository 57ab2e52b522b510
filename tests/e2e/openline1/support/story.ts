const EVENTS_MAX = 300;
const VIOLATIONS_MAX = 20;

/** What has happened in a run, for whoever has to find out why it went wrong. */
export class Story {
  readonly violations: string[] = [];
  private readonly events: string[] = [];
  /** What was before the first violation. */
  private prelude: readonly string[] = [];
  private readonly startedAt = performance.now();

  tell(who: string, what: string): void {
    this.events.push(this.line(who, what));
    if (this.events.length > EVENTS_MAX) this.events.shift();
  }

  /** What must not happen has happened. The first ones tell the most; the others are left out. */
  blame(who: string, what: string): void {
    if (this.violations.length === 0) this.prelude = [...this.events];
    if (this.violations.length < VIOLATIONS_MAX) this.violations.push(this.line(who, what));
    this.tell(who, `VIOLATION: ${what}`);
  }

  toString(): string {
    const { prelude, violations, events } = this;
    return ['first:', ...prelude, 'last:', ...events, 'violations:', ...violations].join('\n');
  }

  private line(who: string, what: string): string {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    return `${seconds.toFixed(3).padStart(8)} ${who}: ${what}`;
  }
}
