import type { CoreStateSpec } from './coreStates.js';
import type { OpenStates } from './lineStates.js';
import { openStates } from './liveStates.js';
import type {
  CollectionOptions,
  DocumentOptions,
  LatestOptions,
  LogOptions,
  MessageOptions,
  OfFamily,
  OfStream,
} from './stateOptions.js';
import type { ReduceSpec, RowsRef, StateRef, StateSpec, StreamRef } from './stateRef.js';
import {
  type Asked,
  asked,
  choiceOf,
  limitOf,
  messagesOf,
  rowsOf,
  STATE_LIMITS,
  streamOf,
} from './stateSpec.js';

declare const ref: unique symbol;

/** What becomes a member of a line; `R` is the type of that member. */
export interface StateDefinition<R extends StreamRef = StreamRef> {
  /** Null: for a line without streams, of any server. */
  readonly stream: string | null;
  /** @internal */
  readonly spec: StateSpec;
  /** @internal Messages that only pass through bring no code for states along. */
  readonly open?: OpenStates;
  readonly [ref]?: R;
}

/** Members whose streams are named by arguments, such as the rooms of a chat. */
export interface FamilyDefinition<R extends StreamRef = StreamRef> {
  /** Names the stream of the member with these arguments. */
  readonly stream: (...args: string[]) => string;
  /** @internal */
  readonly spec: StateSpec;
  /** @internal Messages that only pass through bring no code for states along. */
  readonly open?: OpenStates;
  readonly [ref]?: R;
}

/** What `state` of `defineLine` takes. */
export type StateDefinitions = Readonly<Record<string, StateDefinition | FamilyDefinition>>;

type LatestRef<T> = StateRef<T | undefined, T>;
type DocumentRef<T> = StateRef<T | undefined>;

/**
 * Messages of which nothing is kept: `useMessages` gets each of them, in order.
 *
 * @throws TypeError for an option that is unknown, of the wrong type or out of range
 */
export function messages<T = unknown>(
  options?: MessageOptions & OfStream,
): StateDefinition<StreamRef<T>>;
export function messages<T = unknown>(
  options: MessageOptions & OfFamily,
): FamilyDefinition<StreamRef<T>>;
export function messages(options: object = {}): StateDefinition | FamilyDefinition {
  const of = asked('messages', options);
  return define(of, { kind: 'messages', ...messagesOf(of) });
}

/**
 * Keeps the newest message, for `useLive`: a `T`, or undefined before the first. A message over
 * `maxBytes` goes to `onError`, and the one before stays.
 *
 * @throws TypeError for an option that is unknown, of the wrong type or out of range
 */
export function latest<T = unknown>(
  options?: LatestOptions & OfStream,
): StateDefinition<LatestRef<T>>;
export function latest<T = unknown>(
  options: LatestOptions & OfFamily,
): FamilyDefinition<LatestRef<T>>;
export function latest(options: object = {}): StateDefinition | FamilyDefinition {
  const of = asked('latest', options, 'maxBytes');
  const maxBytes = limitOf(of, STATE_LIMITS.latest.maxBytes);
  return state(of, core(of, { kind: 'latest', maxBytes }));
}

/**
 * Keeps the newest `max` rows, in the order in which they came, for `useLive`, `useLiveRow` (with a
 * `key`) and `useLiveKeys`. Beyond `max` or `maxBytes` the oldest go. A message that is an array is
 * a batch of rows: one bad row, and none of them is taken.
 *
 * @throws TypeError for an option that is unknown, of the wrong type or out of range
 */
export function log<T = unknown>(options?: LogOptions & OfStream): StateDefinition<RowsRef<T>>;
export function log<T = unknown>(options: LogOptions & OfFamily): FamilyDefinition<RowsRef<T>>;
export function log(options: object = {}): StateDefinition | FamilyDefinition {
  const of = asked('log', options, 'maxBytes', 'key', 'remove', 'max');
  const maxRows = limitOf(of, STATE_LIMITS.log.max);
  const maxBytes = limitOf(of, STATE_LIMITS.log.maxBytes);
  return state(of, core(of, { kind: 'log', ...rowsOf(of), maxRows, maxBytes }));
}

/**
 * Keeps rows by key, in the order in which their keys came first, for `useLive`, `useLiveRow` and
 * `useLiveKeys`. A row that is removed and comes again goes to the end. Beyond `maxRows` or
 * `maxBytes` the oldest rows go, and `onEvict` tells how many. A message that is an array is a
 * batch of rows: one bad row, and none of them is taken.
 *
 * @throws TypeError for an option that is missing, unknown, of the wrong type or out of range
 */
export function collection<T = unknown>(
  options: CollectionOptions & OfStream,
): StateDefinition<RowsRef<T>>;
export function collection<T = unknown>(
  options: CollectionOptions & OfFamily,
): FamilyDefinition<RowsRef<T>>;
export function collection(options: object): StateDefinition | FamilyDefinition {
  const of = asked('collection', options, 'maxBytes', 'key', 'remove', 'maxRows', 'update');
  const rows = rowsOf(of);
  const update = choiceOf(of, 'update', ['replace', 'merge'], true);
  const maxRows = limitOf(of, STATE_LIMITS.collection.maxRows);
  const maxBytes = limitOf(of, STATE_LIMITS.collection.maxBytes);
  return state(of, core(of, { kind: 'collection', ...rows, update, maxRows, maxBytes }));
}

/**
 * Keeps one value that messages patch, for `useLive`: a `T`, or undefined before there is one. A
 * patch that does not fit changes nothing and goes to `onError`. It needs the larger core, which is
 * loaded for a line that has a document.
 *
 * @throws TypeError for an option that is missing, unknown, of the wrong type or out of range
 */
export function document<T = unknown>(
  options: DocumentOptions & OfStream,
): StateDefinition<DocumentRef<T>>;
export function document<T = unknown>(
  options: DocumentOptions & OfFamily,
): FamilyDefinition<DocumentRef<T>>;
export function document(options: object): StateDefinition | FamilyDefinition {
  const of = asked('document', options, 'maxBytes', 'patch');
  const patch = choiceOf(of, 'patch', ['merge-patch', 'json-patch'], false);
  const maxBytes = limitOf(of, STATE_LIMITS.document.maxBytes);
  return state(of, core(of, { kind: 'document', patch, maxBytes }));
}

/**
 * Keeps what `reducer` makes of messages, for `useLive`. It is given those that came in since it
 * was called last, once per flush, and must not change its arguments. Without a stream it runs for
 * as long as the line is used, whether or not a component reads it. What it throws goes to
 * `onError`, and the state stays as it was. What it keeps is not bounded by the line.
 *
 * @throws TypeError for a reducer that is no function, and for an option that is unknown or wrong
 */
export function reduce<S, M = unknown>(
  reducer: (state: S, messages: readonly M[]) => S,
  initial: S,
  options?: MessageOptions & OfStream,
): StateDefinition<StateRef<S, M>>;
export function reduce<S, M = unknown>(
  reducer: (state: S, messages: readonly M[]) => S,
  initial: S,
  options: MessageOptions & OfFamily,
): FamilyDefinition<StateRef<S, M>>;
export function reduce(
  reducer: unknown,
  initial: unknown,
  options: object = {},
): StateDefinition | FamilyDefinition {
  const of = asked('reduce', options);
  if (typeof reducer !== 'function') {
    throw new TypeError('openline: reduce() needs a function (state, messages) => state.');
  }
  const kept = { reducer: reducer as ReduceSpec['reducer'], initial };
  return state(of, { kind: 'reduce', ...messagesOf(of), ...kept });
}

type Kept = Pick<CoreStateSpec, 'kind' | 'maxBytes'> & Partial<CoreStateSpec>;

function core(of: Asked, kept: Kept): CoreStateSpec {
  return { ...kept, ...messagesOf(of), hasStream: streamOf(of) !== null };
}

/** With the code that keeps it. */
function state(of: Asked, spec: StateSpec): StateDefinition | FamilyDefinition {
  const { stream } = define(of, spec);
  return Object.freeze({ stream, spec, open: openStates }) as StateDefinition;
}

function define(of: Asked, spec: StateSpec): StateDefinition | FamilyDefinition {
  return Object.freeze({ stream: streamOf(of), spec: Object.freeze(spec) }) as StateDefinition;
}
