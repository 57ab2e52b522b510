import type { Publications } from './coreStreams.js';
import { isNewer, type Position } from './position.js';
import { shielded } from './shielded.js';

/**
 * How a reader stands with its stream.
 *
 * - `idle`: it does not read (rendering on a server, or left)
 * - `subscribing`: the server has not answered yet
 * - `live`: every publication comes in, none left out; across lost connections too
 * - `resync`: something is missing that the server no longer has; a newer snapshot is waited for
 * - `denied`: the server refuses the stream
 */
export type StreamStatus = 'idle' | 'subscribing' | 'live' | 'resync' | 'denied';

/** Who reads a stream. */
export interface StreamListener<T = unknown> {
  /** What came in, in order. It is parsed only if `batch.values()` is asked for. */
  published(batch: Publications<T>): void;
  /** The reader's status is another one. */
  changed?(status: StreamStatus): void;
}

/** What a subscription does for its readers. */
export interface ReadStream {
  /** From where the reader stands. */
  restart(reader: StreamReader): void;
  /** @param lingerMs how long nobody else must read before the stream is let go, if not standard */
  remove(reader: StreamReader, lingerMs?: number): void;
}

/**
 * One reader of a stream, with a position of its own: several share one subscription, and each gets
 * what comes after its position once.
 */
export class StreamReader {
  private current: StreamStatus = 'subscribing';

  /**
   * @param at where it stands; null: nowhere yet
   * @param isAnchored it began from a snapshot, and after a gap it needs a newer one
   */
  constructor(
    private readonly stream: ReadStream,
    private readonly listener: StreamListener,
    public at: Position | null,
    private isAnchored = at !== null,
  ) {}

  /** How the reader stands with its stream now. */
  get status(): StreamStatus {
    return this.current;
  }

  /** After a gap only a newer snapshot helps. */
  get needsSnapshot(): boolean {
    return this.isAnchored;
  }

  /**
   * A newer snapshot: after a resync the stream goes on behind it. One that is not newer than where
   * the reader stands changes nothing, and neither does one while nothing is missing.
   */
  renew(at: Position): void {
    this.isAnchored = true;
    if (this.current !== 'resync' || (this.at !== null && !isNewer(at, this.at))) return;
    this.moveTo(at, true);
  }

  /** Stops reading: no function of the listener is called any more. */
  leave(): void {
    if (this.current === 'idle') return;
    this.stream.remove(this);
    this.set('idle');
  }

  /** @internal Leaves, and has lingered already. */
  end(): void {
    if (this.current === 'idle') return;
    this.stream.remove(this, 0);
    this.set('idle');
  }

  /** @internal Goes on from another place, whatever it has read. */
  moveTo(at: Position, isAnchored: boolean): void {
    this.at = at;
    this.isAnchored = isAnchored;
    // A denied stream is asked for again with the next connection, not for a snapshot.
    if (this.current !== 'denied' && this.current !== 'idle') this.stream.restart(this);
  }

  // For the subscription.

  /** @internal */
  set(status: StreamStatus): void {
    // Who has left stays so: who is told of one reader may let another one go.
    if (this.current === status || this.current === 'idle') return;
    this.current = status;
    shielded(() => this.listener.changed?.(status));
  }

  /** Passes on what it does not have yet. */
  take(batch: Publications): void {
    if (this.current !== 'live') return;
    const { at } = this;
    const missing = at?.[0] === batch.epoch ? batch.last - at[1] : batch.count;
    if (missing <= 0) return;
    this.at = [batch.epoch, batch.last];
    // Where newer publications of a key have made older ones needless it may get some twice, which
    // are whole values.
    const isWhole = missing >= batch.count;
    shielded(() => this.listener.published(isWhole ? batch : batch.tail(missing)));
  }

  /** Something is missing: it waits for a newer snapshot, or goes on from now. */
  lose(): void {
    if (this.isAnchored) this.set('resync');
    else this.at = null;
  }
}
