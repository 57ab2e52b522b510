// A line of a definition, without React: `openLine(definition)` opens one, and the hooks share one
// on each page. It needs a global WebSocket, so in Node (which has none before version 22):
//
//   import { WebSocket } from 'ws';
//   Object.assign(globalThis, { WebSocket });
//   const line = openLine(definition, { onResync: ({ stream }) => … });
//   const reader = line.subscribe(definition.board, { published: (batch) => … }, from);
//   const { state, settled } = line.send(definition.board, { text: 'hello' });
//   reader.leave(); line.dispose();
//
// Each call opens a line of its own, with a client id of its own, on the one core of the thread.

import { byteLength, isSendable, type Sendable, snapshotOf } from './byteLength.js';
import type { DropCause, Outage } from './core.js';
import { afterThisTask } from './host.js';
import { IDLE, Line, type LineListener, type LineSnapshot, type SendReceipt } from './line.js';
import type { LineCallbacks, StreamName } from './lineCallbacks.js';
import { type AnyLineDefinition, type LineSettings, settingsOf } from './lineDefinition.js';
import { Message } from './message.js';
import { messageOf, OpenlineError } from './openlineError.js';
import { type From, positionOf } from './position.js';
import type { Settlement } from './settlement.js';
import { shielded } from './shielded.js';
import type { StreamRef } from './stateRef.js';
import { checkStreamName } from './streamName.js';
import type { StreamListener, StreamReader } from './streamReader.js';
import { Streams } from './streams.js';

/** What became of a message at once, and what becomes of it. Sending never throws. */
export type LineReceipt = SendReceipt & {
  /** Never rejects. A message that was refused is `rejected` for the same reason. */
  readonly settled: Promise<Settlement>;
};

/** Opens a line of its own. It stays until `dispose()`. */
export function openLine(definition: AnyLineDefinition, callbacks: LineCallbacks = {}): OpenedLine {
  const line = new OpenedLine(definition);
  line.hold(() => callbacks);
  return line;
}

/** A line of a definition, for as long as somebody holds it. */
export class OpenedLine implements LineListener {
  private readonly settings: LineSettings;
  private readonly streams: Streams;
  private readonly holders = new Set<() => LineCallbacks>();
  private readonly listeners = new Set<() => void>();
  private readonly unsettled = new Set<Message>();
  private line: Line | null = null;
  private known: LineSnapshot = IDLE;
  private cancelEnd = (): void => {};

  /** Made by `openLine`, and by the hooks. Making it opens nothing. */
  constructor(private readonly definition: AnyLineDefinition) {
    this.settings = settingsOf(definition);
    this.streams = new Streams(this.settings.lingerMs, {
      resync: (stream, top) => this.tell(({ onResync }) => onResync?.({ stream, top })),
      denied: (stream, code, text) =>
        this.tell(({ onDenied }) => onDenied?.({ stream, code, text })),
      stopped: () => this.stopped(),
    });
  }

  get snapshot(): LineSnapshot {
    return this.known;
  }

  /** Calls `listener` whenever `snapshot` is another one. Answers how to stop that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Reads a stream: every publication from the position on (or from now on), in order, none left
   * out. The first reader subscribes, and some time (`lingerMs`) after the last one has left the
   * line unsubscribes.
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
    const [name, at] = [this.nameOf(stream), positionOf(from)];
    if (typeof listener?.published !== 'function') {
      throw new TypeError('openline: give subscribe { published(batch) {} }.');
    }
    if (this.line === null) throw notHeld();
    return this.streams.read(name, listener as StreamListener, at);
  }

  /**
   * Sends to a stream; on a line without streams, sends a value as it is. Sent at once, or queued
   * while the line is not open.
   */
  send(stream: StreamName, payload: unknown): LineReceipt;
  send(value: Sendable): LineReceipt;
  send(first: unknown, payload?: unknown): LineReceipt {
    const { line } = this;
    try {
      if (line === null) throw notHeld();
      if (!this.settings.hasStreams) return this.sendPlainly(line, first);
      const bytesMax = this.settings.resolved.messageBytesMax;
      return this.take(line, Message.to(this.nameOf(first), payload, bytesMax));
    } catch (error) {
      return refused(
        error instanceof OpenlineError
          ? error
          : new OpenlineError('unsendable', `that is no stream (${messageOf(error)})`, error),
      );
    }
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
    this.streams.dispose();
    for (const message of this.unsettled) message.abandon();
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
      const { url, options, resolved, hasStreams } = this.settings;
      const config = hasStreams ? { ...resolved, streams: this.streams } : resolved;
      this.line = new Line({ url: () => url, options: () => options }, config, this);
      this.line.open();
    }
    return () => {
      if (!this.holders.delete(callbacks) || this.holders.size > 0) return;
      this.cancelEnd = afterThisTask(() => this.dispose(), this.settings.lingerMs);
    };
  }

  // For the line.

  changed(): void {
    if (this.line !== null) this.show(this.line.snapshot);
  }

  received(event: MessageEvent): void {
    this.tell(({ onMessage }) => onMessage?.(event));
  }

  recovered(outage: Outage): void {
    this.tell(({ onOutage }) => onOutage?.(outage));
  }

  dropped(value: unknown, cause: DropCause): void {
    const message = value as Message;
    message.dropped(cause);
    const { given: data, stream } = message;
    this.tell(({ onDrop }) => onDrop?.({ data, stream, cause }));
  }

  loaded(): void {}
  opened(): void {}
  errored(): void {}
  closed(): void {}

  private show(snapshot: LineSnapshot): void {
    const { error } = this.known;
    this.known = snapshot;
    if (snapshot.error !== null && snapshot.error !== error) {
      const now = snapshot.error;
      this.tell(({ onError }) => onError?.(now));
    }
    for (const listener of [...this.listeners]) shielded(listener);
  }

  private tell(one: (callbacks: LineCallbacks) => void): void {
    for (const callbacks of [...this.holders]) shielded(() => one(callbacks()));
  }

  /** The core has stopped: what waits is kept, of what was sent nobody knows. */
  private stopped(): void {
    for (const message of this.unsettled) if (message.isSent) message.abandon();
  }

  /** Only what has to wait is kept as it is now, and measured. */
  private sendPlainly(line: Line, value: unknown): LineReceipt {
    const receipt = line.send(value, false);
    if (receipt.state !== 'refused') {
      return { ...receipt, settled: Promise.resolve({ outcome: 'handed-over' }) };
    }
    const mayWait = receipt.reason.code === 'closed' && isSendable(value);
    const kept = mayWait ? (snapshotOf(value) as Sendable | null) : null;
    if (kept === null) return refused(receipt.reason);
    return this.take(line, new Message(value, null, kept, byteLength(kept)));
  }

  private take(line: Line, message: Message): LineReceipt {
    const { settled } = message;
    this.unsettled.add(message);
    void settled.then(() => this.unsettled.delete(message));
    const receipt = line.take(message);
    if (receipt.state !== 'refused') return { ...receipt, settled };
    message.end({ outcome: 'rejected', reason: receipt.reason });
    return { ...receipt, settled };
  }

  private nameOf(stream: unknown): string {
    const name = typeof stream === 'string' ? stream : (stream as Partial<StreamRef>)?.stream;
    const isForeign = typeof stream !== 'string' && (stream as StreamRef)?.line !== this.definition;
    if (!this.settings.hasStreams || isForeign) {
      throw new TypeError('openline: the stream is none of this line; name one of its definition.');
    }
    checkStreamName(name);
    return name;
  }
}

function notHeld(): OpenlineError {
  return new OpenlineError('closed', 'the line is disposed, or no component uses it');
}

/** The receipt of a message that was not taken. */
export function refused(reason: OpenlineError): LineReceipt {
  return { state: 'refused', reason, settled: Promise.resolve({ outcome: 'rejected', reason }) };
}
