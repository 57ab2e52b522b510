import type { CoreStateSpec, Match } from './coreStates.js';
import type { AnyLineDefinition } from './lineDefinition.js';

declare const message: unique symbol;
declare const value: unique symbol;
declare const row: unique symbol;

/** What a member of a line keeps: nothing (`messages`), or what the builder of that name says. */
export type StateKind = 'messages' | 'reduce' | CoreStateSpec['kind'];

/** Messages that only pass through. */
export interface MessagesSpec {
  readonly kind: 'messages';
  readonly match?: Match;
  readonly value?: string;
}

/** What JavaScript keeps, by a reducer of the application. */
export interface ReduceSpec {
  readonly kind: 'reduce';
  readonly match?: Match;
  readonly value?: string;
  readonly reducer: (state: unknown, messages: readonly unknown[]) => unknown;
  readonly initial: unknown;
}

/** What a member of a line does with messages. */
export type StateSpec = MessagesSpec | ReduceSpec | CoreStateSpec;

/**
 * A member of a line, for `useMessages`; where it has a stream, for `send` and
 * `openLine(…).subscribe` as well. `M` is the type of its messages.
 */
export interface StreamRef<M = unknown> {
  /** What it keeps of its messages. */
  readonly kind: StateKind;
  /** What `state` calls it. */
  readonly name: string;
  /** Null: the line has no streams. */
  readonly stream: string | null;
  /** The definition that it is a member of. */
  readonly line: AnyLineDefinition;
  /** @internal */
  readonly spec: StateSpec;
  readonly [message]?: M;
}

/** A member that keeps a value of type `V`, for `useLive`. */
export interface StateRef<V = unknown, M = unknown> extends StreamRef<M> {
  /** What it keeps of its messages. */
  readonly kind: Exclude<StateKind, 'messages'>;
  /** @internal */
  readonly spec: Exclude<StateSpec, MessagesSpec>;
  readonly [value]?: V;
}

/** A member that keeps rows: for `useLiveRow` and `useLiveKeys` as well. */
export interface RowsRef<T = unknown> extends StateRef<readonly T[], T> {
  /** What it keeps of its messages. */
  readonly kind: 'log' | 'collection';
  /** @internal */
  readonly spec: CoreStateSpec;
  readonly [row]?: T;
}
