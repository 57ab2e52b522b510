import { afterThisTask } from './host.js';

/**
 * A receiver that makes a new record with each one it gets (it sends again what was dropped) would
 * go on for ever: after so many rounds the page gets its turn.
 */
const ROUNDS_MAX = 100;

/**
 * The turns of a line: code of the application runs in them, which may call the line again. What
 * that leads to is not begun inside, but when the turn has come to its end.
 */
export class Turns {
  private isOn = false;
  private isAsked = false;

  /** @param round passes on what there is; false: there was nothing */
  constructor(private readonly round: () => boolean) {}

  /** A turn is under way. */
  get isBusy(): boolean {
    return this.isOn;
  }

  /** Rounds until there is nothing left. */
  run(): void {
    if (this.isOn) {
      this.isAsked = true;
      return;
    }
    this.isOn = true;
    try {
      for (let rounds = 0; rounds < ROUNDS_MAX; rounds++) if (!this.round()) return;
      afterThisTask(() => this.run());
    } finally {
      this.isOn = false;
    }
  }

  /** `task` for a turn, which must not be under way; and rounds only if it has asked for any. */
  take(task: () => void): void {
    this.isOn = true;
    this.isAsked = false;
    try {
      task();
    } finally {
      this.isOn = false;
    }
    if (this.isAsked) this.run();
  }
}
