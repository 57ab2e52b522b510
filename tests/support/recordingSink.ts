import type { Sendable } from '../../js/src/core/byteLength.js';
import type { CoreRecord, RecordSink } from '../../js/src/core/core.js';

/** Notes what a core says to a line. */
export class RecordingSink implements RecordSink {
  readonly records: CoreRecord[] = [];
  readonly stops: unknown[] = [];
  /** What still waited when it was stopped. */
  unsent: readonly Sendable[] = [];
  settledCount = 0;
  onRecord: (record: CoreRecord) => void = () => {};

  /** All records of this kind, in order. */
  of<K extends CoreRecord['kind']>(kind: K): (CoreRecord & { kind: K })[] {
    return this.records.filter(
      (record): record is CoreRecord & { kind: K } => record.kind === kind,
    );
  }

  get kinds(): string[] {
    return this.records.map(({ kind }) => kind);
  }

  get statuses(): string[] {
    return this.of('status').map(({ status }) => status);
  }

  get status(): string | undefined {
    return this.statuses.at(-1);
  }

  get messages(): unknown[] {
    return this.of('message').map(({ event }) => event.data);
  }

  record(record: CoreRecord): void {
    this.records.push(record);
    this.onRecord(record);
  }

  settled(): void {
    this.settledCount += 1;
  }

  stopped(error: unknown, { unsent }: { unsent: readonly unknown[] }): void {
    this.stops.push(error);
    this.unsent = unsent as readonly Sendable[];
  }
}
