// A line of a definition, without React: `openLine(definition)` opens one of its own, with a client
// id of its own, on the one core of the thread; the hooks share one on each page. It needs a global
// WebSocket, so in Node before version 22 that of `ws` has to be put there.
//   const line = openLine(definition, { onResync: ({ stream }) => … });
//   const reader = line.subscribe(definition.board, { published: (batch) => … }, from);
//   const { state, settled } = line.send(definition.board, { text: 'hello' });
//   reader.leave(); line.dispose();

import type { Sendable } from './byteLength.js';
import type { Core, DropCause, Outage } from './core.js';
import { afterThisTask } from './host.js';
import { Line } from './line.js';
import type { LineCallbacks, StreamName } from './lineCallbacks.js';
import { type AnyLineDefinition, type LineSettings, settingsOf } from './lineDefinition.js';
import { LineHolders } from './lineHolders.js';
import type { LineListener } from './lineListener.js';
import { LineReading } from './lineReading.js';
import { type LineReceipt, LineSending, notHeld, refused } from './lineSending.js';
import { IDLE, type LineSnapshot } from './lineSnapshot.js';
import type { LiveStateOf } from './liveState.js';
import type { Message } from './message.js';
import { type From, positionOf } from './position.js';
import { shielded } from './shielded.js';
import type { StateRef, StreamRef } from './stateRef.js';
import { checkStreamName } from './streamName.js';
import type { StreamListener, StreamReader } from './streamReader.js';

export { type LineReceipt, refused };

/** Opens a line of its own. It stays until `dispose()`. */
export function openLine(definition: AnyLineDefinition, callbacks: LineCallbacks = {}): OpenedLine {
  const line = new OpenedLine(definition);
  line.hold(() => callbacks);
  return line;
}

/** A line of a definition, for as long as somebody holds it. */
export class OpenedLine implements LineListener {
  private readonly settings: LineSettings;
  private readonly reading: LineReading;
  private readonly holders = new LineHolders();
  private readonly listeners = new Set<() => void>();
  private readonly sending = new LineSending();
  private line: Line | null = null;
  private known: LineSnapshot = IDLE;
  private cancelEnd = (): void => {};

  /** Made by `openLine`, and by the hooks. Making it opens nothing. */
  constructor(private readonly definition: AnyLineDefinition) {
    this.settings = settingsOf(definition);
    this.reading = new LineReading(definition, this.settings, {
      hold: () => this.hold(() => ({})),
      tell: (one) => this.holders.tell(one),
      coreStopped: () => this.sending.stopped(),
    });
  }

  /** What is known of the line now; a new object whenever something in it has changed. */
  get snapshot(): LineSnapshot {
    return this.known;
  }

  /** Bytes that wait in the queue and in the socket; for `writable`. */
  get bufferedAmount(): number {
    return this.line?.bufferedAmount() ?? 0;
  }

  /** Calls `listener` whenever `snapshot` is another one. Answers how to stop that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Reads a stream: every publication from the position on (or from now on), in order, none left
   * out. The first reader subscribes, and some time (`lingerMs`) after the last one has left the
   * line unsubscribes. Of a member with `match` or `value` it reads what counts. A member without
   * a stream reads what the line receives from now on; it is `live` while the line is open.
   *
   * @param from what `lines.snapshot()` gave on the server: the stream goes on behind it
   * @throws TypeError for what is no stream of this line, no listener or no position
   * @throws OpenlineError `closed` once the line is disposed
   */
  subscribe<T>(
    stream: StreamRef<T> | string,
    listener: StreamListener<T>,
    from?: From | null,
  ): StreamReader {
    const [of, at] = [this.readable(stream), positionOf(from)];
    if (typeof listener?.published !== 'function') {
      throw new TypeError('openline: give subscribe { published(batch) {} }.');
    }
    if (this.line === null) throw notHeld();
    return this.reading.read(of, listener as StreamListener, at);
  }

  /**
   * A state of the line, in the shape that hooks need.
   *
   * @internal
   * @throws TypeError for what is no state of this line
   */
  live<R extends StateRef>(ref: R): LiveStateOf<R> {
    if (ref?.line !== this.definition) throw foreign();
    return this.reading.live(ref);
  }

  /**
   * Sends to a stream; on a line without streams, sends a value as it is. Sent at once, or queued
   * while the line is not open.
   */
  send(stream: StreamName, payload: unknown): LineReceipt;
  send(value: Sendable): LineReceipt;
  send(first: unknown, payload?: unknown): LineReceipt {
    const { line, sending, settings } = this;
    if (line === null) return refused(notHeld());
    if (!settings.hasStreams) return sending.sendPlainly(line, first);
    const bytesMax = settings.resolved.messageBytesMax;
    return sending.sendTo(line, () => this.nameOf(first), payload, bytesMax);
  }

  /** Connects now, whatever the state; an open connection is replaced. */
  reconnect(): void {
    this.line?.reconnect();
  }

  /**
   * Closes the line until `reconnect()`. What waited is dropped.
   *
   * @throws TypeError for a code other than 1000 and 3000 to 4999, or a reason over 123 bytes
   */
  close(code?: number, reason?: string): void {
    this.line?.close(code, reason);
  }

  /** Closes the line for good and lets everything go. */
  dispose(): void {
    this.cancelEnd();
    this.holders.clear();
    const { line } = this;
    this.line = null;
    line?.dispose();
    this.reading.dispose();
    this.sending.dispose();
    this.show(IDLE);
  }

  /**
   * Opens the line, and keeps it open until the function that it answers is called, and for
   * `lingerMs` after that.
   */
  hold(callbacks: () => LineCallbacks): () => void {
    this.cancelEnd();
    this.holders.add(callbacks);
    if (this.line === null) {
      this.line = this.newLine();
      this.line.open();
      this.reading.opened();
    }
    return () => {
      if (!this.holders.remove(callbacks) || !this.holders.isEmpty) return;
      this.cancelEnd = afterThisTask(() => this.dispose(), this.settings.lingerMs);
    };
  }

  // For the line.

  changed(): void {
    if (this.line !== null) this.show(this.line.snapshot);
  }

  received(event: MessageEvent): void {
    this.reading.received(event);
    this.holders.tell(({ onMessage }) => onMessage?.(event));
  }

  gather(text: string): boolean {
    return !this.holders.wantMessages && this.reading.gather(text);
  }

  settled(): void {
    this.reading.settled();
  }

  recovered(outage: Outage): void {
    this.holders.tell(({ onOutage }) => onOutage?.(outage));
  }

  dropped(value: unknown, cause: DropCause): void {
    const message = value as Message;
    message.dropped(cause);
    const { given: data, stream } = message;
    this.holders.tell(({ onDrop }) => onDrop?.({ data, stream, cause }));
  }

  loaded(core: Core): void {
    this.reading.loaded(core);
  }

  opened(): void {}
  errored(): void {}
  closed(): void {}

  private newLine(): Line {
    const { url, options, resolved, hasStreams, hasStates, hasDocuments, binaryType } =
      this.settings;
    const config = {
      ...resolved,
      hasDocuments,
      ...(hasStreams ? { streams: this.reading.streams } : {}),
      ...(hasStates ? { states: this.reading } : {}),
    };
    const line = new Line({ url: () => url, options: () => options }, config, this);
    line.binaryType = binaryType;
    return line;
  }

  private show(snapshot: LineSnapshot): void {
    const { error } = this.known;
    this.known = snapshot;
    this.reading.changed(snapshot.status);
    if (snapshot.error !== null && snapshot.error !== error) {
      const now = snapshot.error;
      this.holders.tell(({ onError }) => onError?.(now));
    }
    for (const listener of [...this.listeners]) shielded(listener);
  }

  private readable(stream: StreamRef | string): StreamRef | string {
    const isPlain = typeof stream !== 'string' && stream?.line === this.definition;
    if (!isPlain || stream.stream !== null) this.nameOf(stream);
    return stream;
  }

  private nameOf(stream: unknown): string {
    const name = typeof stream === 'string' ? stream : (stream as Partial<StreamRef>)?.stream;
    const isForeign = typeof stream !== 'string' && (stream as StreamRef)?.line !== this.definition;
    if (!this.settings.hasStreams || isForeign) throw foreign();
    checkStreamName(name);
    return name;
  }
}

function foreign(): TypeError {
  return new TypeError('openline: the stream is none of this line; name one of its definition.');
}
