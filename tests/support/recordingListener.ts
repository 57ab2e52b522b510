import type { CloseDetails, LineListener } from '../../js/src/core/line.js';

/** Notes what a line tells, in order, as short words. */
export class RecordingListener implements LineListener {
  readonly events: string[] = [];
  readonly messages: unknown[] = [];
  readonly closes: CloseDetails[] = [];
  readonly drops: { value: unknown; cause: string }[] = [];
  changes = 0;
  onEvent: (event: string) => void = () => {};

  changed(): void {
    this.changes += 1;
  }

  opened(): void {
    this.note('open');
  }

  received(event: MessageEvent): void {
    this.messages.push(event.data);
    this.note('message');
  }

  errored(): void {
    this.note('error');
  }

  closed({ code, wasClean, reason }: CloseDetails): void {
    this.closes.push({ code, wasClean, reason });
    this.note('close');
  }

  dropped(value: unknown, cause: string): void {
    this.drops.push({ value, cause });
    this.note('drop');
  }

  count(event: string): number {
    return this.events.filter((each) => each === event).length;
  }

  private note(event: string): void {
    this.events.push(event);
    this.onEvent(event);
  }
}
