import type { StateUser } from './coreStates.js';
import type { Eviction } from './lineCallbacks.js';
import type { LiveStateOf } from './liveState.js';
import type { OpenlineError } from './openlineError.js';
import type { PlainMessage } from './plainMessage.js';
import type { Position } from './position.js';
import type { StateRef } from './stateRef.js';
import type { StreamListener, StreamReader } from './streamReader.js';

// What a line and its states say to each other. The definitions of states bring the states along,
// so that an application without any has none of their code.

/** What the states need of their line. */
export interface StatesOwner {
  readonly lingerMs: number;
  /** Opens the line; answers how to let it go. */
  holdOpen(): () => void;
  /** @param isAnchored after a gap the reader needs a newer snapshot */
  readStream(
    stream: string,
    listener: StreamListener,
    at: Position | null,
    isAnchored: boolean,
  ): StreamReader;
  /** What a state kept of a stream is lost in part: whoever shows it needs a new snapshot. */
  lostState(stream: string, top: Position): void;
  stateError(error: OpenlineError): void;
  evicted(eviction: Eviction): void;
}

/** The states of one line. */
export interface LineStates extends StateUser {
  of<R extends StateRef>(ref: R): LiveStateOf<R>;
  /** Keeps what messages lead to, readers or not, until `dispose`. */
  keep(ref: StateRef): void;
  /** A message of a line without streams. */
  received(message: PlainMessage): void;
  /**
   * The same where messages come faster than they are shown: it is kept, and worked through with
   * others before anybody looks. False: it is not taken.
   *
   * @param make makes a message of a text, for whom that is not enough
   */
  gather(text: string, make: { of(text: string): PlainMessage }): boolean;
  /** What came in together has been taken. */
  settled(): void;
  /** The line is let go. */
  dispose(): void;
}

export type OpenStates = (owner: StatesOwner) => LineStates;
