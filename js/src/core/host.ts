// The host: the only place of the client's TypeScript that knows a clock, a timer or the browser's
// task queue. (The core's own timer is in wasm/platform.)

/** The limit of setTimeout; more would fire at once. */
export const TIMER_MS_MAX = 2_147_483_647;

/** A page that can hold a line: false while rendering on a server. */
export function isBrowser(): boolean {
  return typeof document === 'object';
}

/** A wall clock that gains that much in no time has slept (or was set: then waiting ends early). */
const SLEEP_MIN_MS = 2_000;
let wall = Number.NaN; // the first look compares with nothing
let steady = 0;
let slept = 0;

/**
 * The clock of all lines: milliseconds that never go back, those included that the machine slept
 * for. `performance.now()` stands still then on some systems, against its specification (High
 * Resolution Time, section 4), and a line would believe that no time has passed.
 */
export function lineNow(): number {
  const [wallNow, steadyNow] = [Date.now(), performance.now()];
  const gained = wallNow - wall - (steadyNow - steady);
  // Whole, as the wall clock is: a sum of fractions would make 1,000 ms a trifle less.
  if (gained > SLEEP_MIN_MS) slept += Math.round(gained);
  wall = wallNow;
  steady = steadyNow;
  return steadyNow + slept;
}

/** Epoch milliseconds of an instant on the clock of the lines. */
export function epochOf(lineMs: number): number {
  return Math.round(Date.now() + lineMs - lineNow());
}

/**
 * Runs `task` after the present task and its microtasks, or so many milliseconds later. Answers how
 * to take that back.
 */
export function afterThisTask(task: () => void, ms = 0): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}

/** Runs `task` behind the present call stack, before any other task. */
export function afterThisStack(task: () => void): void {
  queueMicrotask(task);
}

/** For those who asked for it by an option. */
export function logToConsole(...words: unknown[]): void {
  // biome-ignore lint/suspicious/noConsole: what `debug` is for
  console.log(...words);
}

const FRAME_MS = 16; // 60 Hz, where there is nothing to paint
/** Frames stop in hidden tabs and in iframes that are out of sight. */
const FRAME_MAX_MS = 1_000;

/**
 * Runs `task` before the page is painted next, or after a second where it is not. Answers how to
 * take that back.
 */
export function onNextFrame(task: () => void): () => void {
  if (typeof requestAnimationFrame !== 'function') return afterThisTask(task, FRAME_MS);
  const end = () => {
    cancelAnimationFrame(frame);
    cancelTimer();
  };
  const run = () => {
    end();
    task();
  };
  const frame = requestAnimationFrame(run);
  const cancelTimer = afterThisTask(run, FRAME_MAX_MS);
  return end;
}

export function isPageHidden(): boolean {
  return typeof document === 'object' && document.visibilityState === 'hidden';
}

/**
 * Runs tasks one after the other, each in a browser task of its own. A MessageChannel, because
 * setTimeout is held back for 4 ms when nested and for up to a minute in hidden tabs.
 */
export class TaskPoster {
  private channel: MessageChannel | null = null;

  constructor(private readonly task: () => void) {}

  post(): void {
    // Node and jsdom: a port would starve what React schedules there, which is a setImmediate.
    const { setImmediate } = globalThis as { setImmediate?: (task: () => void) => void };
    if (setImmediate !== undefined) {
      setImmediate(this.task);
      return;
    }
    if (this.channel === null) {
      this.channel = new MessageChannel();
      this.channel.port1.onmessage = () => this.task();
    }
    this.channel.port2.postMessage(null);
  }

  /** Lets the channel go; `post` makes a new one. */
  close(): void {
    this.channel?.port1.close();
    this.channel = null;
  }
}
