import type { Publications } from '../core/coreStreams.js';
import type { OpenedLine } from '../core/openedLine.js';
import { isNewer, type Position } from '../core/position.js';
import type { StreamRef } from '../core/stateRef.js';
import type { StreamReader, StreamStatus } from '../core/streamReader.js';
import type { MessagesHandler } from './useMessages.js';

/**
 * One component that reads messages, from mount to mount. What it has read is kept while it is
 * hidden (its effects are undone, its state is not), so that a snapshot does not begin anew.
 */
export class MessageReading<T> {
  private handler: MessagesHandler<T> | null = null;
  /** The snapshot of the newest render. */
  private from: Position | null = null;
  private readUpTo: Position | null = null;
  private reader: StreamReader | null = null;

  constructor(
    private readonly line: OpenedLine | null,
    private readonly ref: StreamRef<T> | null,
  ) {}

  /** A family that has forgotten a member makes an equal one. */
  isOf(line: OpenedLine | null, ref: StreamRef | null): boolean {
    return this.line === line && this.ref?.name === ref?.name && this.ref?.stream === ref?.stream;
  }

  /** What the newest render gave; a handler of null: the component is gone. */
  render(handler: MessagesHandler<T> | null, from: Position | null): void {
    this.handler = handler;
    this.from = from;
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    const { line, ref } = this;
    if (line === null || ref === null) return () => {};
    const letGo = line.hold(() => ({}));
    const published = (batch: Publications<T>) => {
      // A run of which newer publications have made all others needless holds none.
      const messages = batch.count > 0 ? messagesOf(ref, batch) : [];
      if (messages.length > 0) this.handler?.(messages, batch);
    };
    const reader = line.subscribe<T>(ref, { published, changed }, this.start());
    this.reader = reader;
    return () => {
      this.readUpTo = reader.at;
      this.reader = null;
      reader.leave();
      letGo();
    };
  };

  readonly getStatus = (): StreamStatus => this.reader?.status ?? 'idle';

  renew(from: Position): void {
    this.reader?.renew(from);
  }

  private start(): Position | null {
    const { from, readUpTo } = this;
    if (from === null || readUpTo === null) return from;
    return isNewer(from, readUpTo) ? from : readUpTo;
  }
}

/** What is a batch of rows to the state is one to its readers. */
function messagesOf<T>({ kind }: StreamRef<T>, batch: Publications<T>): readonly T[] {
  const values: readonly (T | readonly T[])[] = batch.values();
  return kind === 'log' || kind === 'collection' ? (values.flat() as T[]) : (values as T[]);
}
