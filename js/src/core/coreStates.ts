import type { JoinedTexts } from './gathered.js';

// What a line and its states in the core say to each other. The core keeps rows as bytes of JSON;
// what of them somebody observes crosses once per flush, as one JSON text (CoreDelta).

/** A value that a message must have at a place: JSON Pointer to scalar. */
export type Match = Readonly<Record<string, string | number | boolean | null>>;

/** What the core is to keep (wasm/openline/state/spec.hpp); it crosses as JSON. */
export interface CoreStateSpec {
  readonly kind: 'latest' | 'log' | 'collection' | 'document';
  /** Messages come by `takeRun`; else by `takeMessage`, on a line without streams. */
  readonly hasStream: boolean;
  readonly match?: Match;
  /** JSON Pointer to what of a message is kept. */
  readonly value?: string;
  /** JSON Pointer to a row's key. */
  readonly key?: string;
  readonly remove?: Match;
  readonly update?: 'replace' | 'merge';
  readonly patch?: 'merge-patch' | 'json-patch';
  readonly maxRows?: number;
  readonly maxBytes: number;
}

/** Bits of what the deltas have of a state (store.hpp). */
export const OBSERVE_VALUES = 1;
export const OBSERVE_KEYS = 2;

/**
 * What changed of a log or a collection. Ids ascend in the order of the rows; a row keeps its id
 * for as long as it is there.
 */
export type RowsDelta = readonly [
  state: number,
  /** How many of the oldest rows went because of `maxRows` or `maxBytes`. */
  evicted: number,
  /** Rows that are gone. */
  removed: readonly number[],
  /** Rows that are new or changed, with `values` beside. Only observed or watched ones. */
  ids: readonly number[],
  values: readonly unknown[],
  /** Rows that are new, with their keys beside; empty unless keys are observed. */
  added: readonly number[],
  keys: readonly string[],
  /** Pairs of a watch and the id of its row: it has come, or (id 0) gone. */
  watches: readonly number[],
];

/** The value of `latest` or `document`; without one: it has none now. */
export type ValueDelta = readonly [state: number] | readonly [state: number, value: unknown];

/** A message that a state could not take. */
export type CoreFault = readonly [
  state: number,
  problem: CoreProblem,
  /** Byte in the message where it goes wrong; 0 where no one byte is to blame. */
  at: number,
  /** Its offset in the stream; 0 on a line without streams. */
  offset: number,
];

/** The order of StateProblem (wasm/openline/state/problem.hpp). */
export const CORE_PROBLEMS = [
  'syntax', // not JSON, or not UTF-8
  'depth', // nested deeper than 64
  'no-value', // nothing at `value`
  'no-key', // nothing at `key`
  'bad-key', // the key is no string, and no number that JavaScript keeps exactly
  'not-object', // `merge` of something that is no object
  'too-large', // more than the state may hold
  'patch', // the patch is none, or does not fit the document
  'full', // too many states or watches
] as const;
export type CoreProblem = number;

/** All that changed since the last one. */
export type CoreDelta = readonly [
  states: readonly (RowsDelta | ValueDelta)[],
  faults: readonly CoreFault[],
  /** Faults that are left out, beyond so many. */
  moreFaults: number,
];

/**
 * The states of a line in the core, which knows them by number. Nothing throws; when the core has
 * stopped, numbers are 0 and the rest undefined.
 */
export interface CoreStates {
  /** 0: too many, or the core has stopped. */
  add(spec: CoreStateSpec): number;
  remove(state: number): void;
  /**
   * Gives the state the publications of a run that came in with the present records, without the
   * first `skip`. True: there is something to flush.
   */
  takeRun(state: number, run: number, skip: number): boolean;
  /** Gives every state without a stream a message. True: there is something to flush. */
  takeMessage(data: string | ArrayBuffer): boolean;
  /** The same of several, in order, by one call. */
  takeMessages(texts: JoinedTexts): boolean;
  /**
   * Replaces all that the state holds; the deltas do not tell of it.
   *
   * @param json an array of rows, or the value
   * @returns the id of each row, 0 for one that was not taken; empty for a value; undefined when
   *   all of it is no good, and the next delta tells why
   */
  seed(state: number, json: string): readonly number[] | undefined;
  observe(state: number, what: number): void;
  /** A number for `RowsDelta`; 0: too many. */
  watch(state: number, key: string): number;
  unwatch(state: number, watch: number): void;
  /**
   * All of it, as a delta would have it; the deltas go on from there. What was evicted is theirs to
   * tell.
   */
  read(state: number): RowsDelta | ValueDelta | undefined;
  readRow(state: number, key: string): unknown;
  takeDelta(): CoreDelta | undefined;
}

/** Who keeps states of a line. Called outside of the core only. */
export interface StateUser {
  /** An instance of the core has the line now; it knows of no state. */
  started(core: CoreStates): void;
  /** That instance is gone, and all that its states held. */
  stopped(): void;
}
