import type { Outage } from '../../js/src/core/core.js';
import type { CloseDetails, LineListener } from '../../js/src/core/lineListener.js';

/** Notes what a line tells, in order, as short words. */
export class RecordingListener implements LineListener {
  events: string[] = [];
  messages: unknown[] = [];
  closes: CloseDetails[] = [];
  outages: Outage[] = [];
  drops: { value: unknown; cause: string }[] = [];
  changes = 0;
  onEvent: (event: string) => void = () => {};

  /** As if it had never been told anything. */
  reset(): void {
    this.events = [];
    this.messages = [];
    this.closes = [];
    this.outages = [];
    this.drops = [];
    this.changes = 0;
    this.onEvent = () => {};
  }

  loaded(): void {}

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

  recovered(outage: Outage): void {
    this.outages.push(outage);
    this.note('outage');
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
