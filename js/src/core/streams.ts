import type { CoreStreams, Publications, StreamUser } from './coreStreams.js';
import type { Position } from './position.js';
import type { StreamListener, StreamReader } from './streamReader.js';
import { StreamSubscription, type SubscriptionOwner } from './streamSubscription.js';

/** Who is told of a gap or a refusal: once, however many read the stream. */
export interface StreamsListener {
  resync(stream: string, top: Position): void;
  denied(stream: string, code: number, text: string): void;
  /** The core has stopped. */
  stopped(): void;
}

/**
 * The streams that somebody reads on a line. They outlive an instance of the core: the next one
 * goes on where the one before stopped.
 */
export class Streams implements StreamUser, SubscriptionOwner {
  private core: CoreStreams | null = null;
  private readonly byName = new Map<string, StreamSubscription>();
  private readonly byId = new Map<number, StreamSubscription>();

  constructor(
    private readonly lingerMs: number,
    private readonly listener: StreamsListener,
  ) {}

  /** @param isAnchored after a gap it needs a newer snapshot. @default if it has a position */
  read(
    stream: string,
    listener: StreamListener,
    at: Position | null,
    isAnchored?: boolean,
  ): StreamReader {
    let subscription = this.byName.get(stream);
    if (subscription === undefined) {
      subscription = new StreamSubscription(stream, this.lingerMs, this);
      this.byName.set(stream, subscription);
      if (this.core !== null) subscription.start(this.core);
    }
    return subscription.read(listener, at, isAnchored);
  }

  dispose(): void {
    this.leaveCore();
    const ended = [...this.byName.values()];
    // First: who is told may open the line again, and read the same streams.
    this.byName.clear();
    for (const subscription of ended) subscription.dispose();
  }

  // For the line in the core.

  started(core: CoreStreams): void {
    this.core = core;
    for (const subscription of [...this.byName.values()]) subscription.start(core);
  }

  stopped(): void {
    this.leaveCore();
    this.listener.stopped();
  }

  subscribed(id: number, at: Position): void {
    this.byId.get(id)?.subscribed(at);
  }

  published(id: number, batch: Publications): void {
    this.byId.get(id)?.published(batch);
  }

  resync(id: number, top: Position): void {
    this.byId.get(id)?.resync(top);
  }

  denied(id: number, code: number, text: string): void {
    this.byId.get(id)?.denied(code, text);
  }

  // For the subscriptions.

  numbered(subscription: StreamSubscription, before: number): void {
    this.byId.delete(before);
    if (subscription.id !== 0) this.byId.set(subscription.id, subscription);
  }

  ended({ stream }: StreamSubscription): void {
    this.byName.delete(stream);
  }

  lost(stream: string, top: Position): void {
    this.listener.resync(stream, top);
  }

  refused(stream: string, code: number, text: string): void {
    this.listener.denied(stream, code, text);
  }

  private leaveCore(): void {
    this.core = null;
    for (const subscription of this.byName.values()) subscription.stop();
  }
}
