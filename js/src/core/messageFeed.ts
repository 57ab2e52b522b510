import { TaskPoster } from './host.js';

/** As many messages may wait to be shown; beyond it the oldest is left out, and reported. */
export const BACKLOG_MAX = 100_000;

/**
 * Shows messages one at a time, so that a component sees each of them: the first at once when idle,
 * each further one in a task of its own, after React has committed the one before. Several changes
 * in one task would be one commit, and the messages between would never be seen; React 19 also
 * gives up after 50 nested updates.
 */
export class MessageFeed<T> {
  private shown: T | null = null;
  private backlog: T[] = [];
  private head = 0;
  private isBusy = false;
  private isWatched = false;
  private readonly poster = new TaskPoster(() => this.advance());

  constructor(
    private readonly changed: () => void,
    private readonly overflowed: (left: T) => void,
  ) {}

  /** From now on somebody reads `current`, and the feed takes one message at a time. */
  watch(): void {
    if (this.isWatched) return;
    this.isWatched = true;
    // Nobody was told of what came in unwatched; the newest of it is shown like any other.
    if (this.shown === null) return;
    this.isBusy = true;
    this.backlog.push(this.shown);
    this.poster.post();
  }

  get current(): T | null {
    return this.shown;
  }

  get waiting(): number {
    return this.backlog.length - this.head;
  }

  push(message: T): void {
    if (!this.isWatched) {
      this.shown = message;
      return;
    }
    if (this.isBusy) {
      this.wait(message);
      return;
    }
    this.isBusy = true;
    this.show(message);
  }

  clear(): void {
    this.shown = null;
    this.backlog = [];
    this.head = 0;
    this.isBusy = false;
    this.poster.close();
  }

  private wait(message: T): void {
    this.backlog.push(message);
    if (this.waiting > BACKLOG_MAX) this.overflowed(this.shift());
  }

  private show(message: T): void {
    this.shown = message;
    this.poster.post();
    this.changed();
  }

  private advance(): void {
    if (this.waiting === 0) {
      this.isBusy = false;
      this.backlog = []; // what was shown is nobody's any more
      this.head = 0;
      this.poster.close();
      return;
    }
    this.show(this.shift());
  }

  private shift(): T {
    const message = this.backlog[this.head] as T;
    this.head += 1;
    // Shifting an array moves all that follows; cutting off the read half now and then does not.
    if (this.head > 1_024 && this.head * 2 > this.backlog.length) {
      this.backlog = this.backlog.slice(this.head);
      this.head = 0;
    }
    return message;
  }
}
