/** Where a stream stood: everything up to this offset of this epoch is known. */
export type Position = readonly [epoch: string, offset: number];

/** One publication as a broker keeps it. */
export interface Entry {
  /** Its number in the stream's epoch, from 1 and without holes. */
  readonly offset: number;
  /** A newer publication of the same key replaces this one; null: it stands for itself. */
  readonly key: string | null;
  /** JSON, UTF-8. Shared: nobody writes into it. */
  readonly payload: Uint8Array;
}

/** What was published after a position. */
export interface History {
  /** The epoch of the stream now. */
  readonly epoch: string;
  /** The offset of the newest publication; 0 before the first. */
  readonly top: number;
  /**
   * In order, without those that a newer one of their key has made needless; null when the broker
   * cannot tell what came after the position.
   */
  readonly entries: readonly Entry[] | null;
}

/** What a broker is told of a publication beside its payload. */
export interface BrokerPublishOptions {
  /** What this is the newest state of. @default none: every publication counts */
  readonly key?: string | undefined;
  /**
   * Which publication of which message of a client this is: the same one again is published once.
   */
  readonly origin?: Origin | undefined;
}

/** Which publication of the handler of which message this is. */
export interface Origin {
  /** User and client id. */
  readonly client: string;
  /** The number of that message, from 1. */
  readonly seq: number;
  /** The how many-th publication of the handler of that message, from 1. */
  readonly ordinal: number;
}

/** What reaches every server of a broker. */
export type Signal =
  | { readonly kind: 'revoke'; readonly user: string }
  /** `user` has a connection more (or one less) that is subscribed to `stream`. */
  | { readonly kind: 'presence'; readonly stream: string };

/**
 * Where publications are numbered, kept and passed on. One broker may serve several processes; a
 * method that has to ask the network answers with a Promise, one that has not answers at once.
 * Whatever is rejected or thrown closes the connections that it concerns with 4500.
 */
export interface Broker {
  /** Numbers, keeps and passes on; answers where the publication stands. */
  publish(
    stream: string,
    payload: Uint8Array,
    options?: BrokerPublishOptions,
  ): Position | Promise<Position>;
  /** The newest offset. */
  position(stream: string): Position | Promise<Position>;
  /**
   * What came after `from`; an unknown epoch or an offset beyond the top gives `entries: null`. It
   * knows of everything that was passed on to watchers before it was asked.
   */
  read(stream: string, from: Position): History | Promise<History>;
  /**
   * Calls `listener` with every publication from now on, in order. A hole, or an epoch that has
   * changed, is the listener's to see and to `read`. Answers how to stop.
   */
  watch(stream: string, listener: StreamListener): () => void;

  /** The seq up to which messages of this client have been handled; null: it is not known. */
  cursor(client: string): number | null | Promise<number | null>;
  /** Compare-and-set: true, and the cursor is `seq`, if it was `seq - 1` or not known. */
  advance(client: string, seq: number): boolean | Promise<boolean>;

  /** One connection more (`+1`) or less (`-1`) of a user on a stream. */
  attend(stream: string, user: string, change: 1 | -1): void | Promise<void>;
  /** Who is there, each user once. */
  presence(stream: string): readonly string[] | Promise<readonly string[]>;

  /** Passes a signal to every server of this broker, the caller's own included. */
  signal(signal: Signal): void | Promise<void>;
  /** Calls `listener` with every signal from now on. Answers how to stop. */
  onSignal(listener: (signal: Signal) => void): () => void;

  /** Lets everything go; nothing else is called after it. */
  close(): void | Promise<void>;
}

/** Is told of each publication of a stream, in order. */
export type StreamListener = (epoch: string, entry: Entry) => void;
