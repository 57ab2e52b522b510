import { isPageHidden, lineNow, onNextFrame } from './host.js';

/** In a hidden tab, where no frames come, it is time after so many bytes or milliseconds. */
const HIDDEN_BYTES_MAX = 1_048_576;
const HIDDEN_MS_MAX = 1_000;

/** What may wait for a frame: one that takes long never makes memory grow without bound. */
const BYTES_MAX = 16 * 1_048_576;

/**
 * When what came in is shown: at once when nothing was since the last animation frame, else with
 * the next one. In hidden tabs it is the messages themselves that lead to it.
 */
export class Flush {
  private isWaiting = false;
  private bytes = 0;
  private lastAt = Number.NEGATIVE_INFINITY;
  private cancelFrame: (() => void) | null = null;

  /**
   * @param run shows it
   * @param prepare a frame has come, or time has run out: calls `took` if there is more to show
   */
  constructor(
    private readonly run: () => void,
    private readonly prepare: () => void,
  ) {}

  /** Whatever comes in now is shown with the next frame. */
  get isFrameDue(): boolean {
    return this.cancelFrame !== null;
  }

  /** There is something to show, which has come in with so many bytes. */
  took(bytes: number): void {
    this.isWaiting = true;
    this.bytes += bytes;
  }

  /** All that came in with this turn has been taken. */
  settled(): void {
    if (this.isWaiting && (this.cancelFrame === null || this.isOverdue())) this.now();
  }

  /** Lets what waits wait for ever. */
  cancel(): void {
    this.isWaiting = false;
    this.bytes = 0;
    this.cancelFrame?.();
    this.cancelFrame = null;
  }

  private now(): void {
    this.isWaiting = false;
    this.bytes = 0;
    this.lastAt = lineNow();
    this.cancelFrame ??= onNextFrame(() => this.framed());
    this.run();
  }

  private framed(): void {
    this.cancelFrame = null;
    this.prepare();
    if (this.isWaiting) this.now();
  }

  private isOverdue(): boolean {
    if (this.bytes >= BYTES_MAX) return true;
    // The clock last: looking at it costs the most, and this is asked often under load.
    if (!isPageHidden()) return false;
    return this.bytes >= HIDDEN_BYTES_MAX || lineNow() - this.lastAt >= HIDDEN_MS_MAX;
  }
}
