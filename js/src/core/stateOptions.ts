import type { Match } from './coreStates.js';

/** Which messages concern a member of the line, and what of them. */
export interface MessageOptions {
  /**
   * Only messages that have all of these: JSON Pointers (RFC 6901) to strings, numbers, booleans or
   * null, at most 16. Others are passed over in silence. @default every message
   */
  readonly match?: Match | undefined;
  /** JSON Pointer to what of a message counts. @default '', all of it */
  readonly value?: string | undefined;
}

/** Options of `latest`. */
export interface LatestOptions extends MessageOptions {
  /** JSON that it may hold, in bytes, 1 to 268,435,456. @default 16,777,216 */
  readonly maxBytes?: number | undefined;
}

/** Options of `log`. */
export interface LogOptions extends LatestOptions {
  /**
   * JSON Pointer to a row's key, a string or a number: a row of a known key replaces the old one in
   * its place. @default none, each row is a new one
   */
  readonly key?: string | undefined;
  /**
   * What a row has, as in `match`, that says that the row of its key is gone. Needs `key`.
   * @default no row is removed
   */
  readonly remove?: Match | undefined;
  /** Rows that it keeps, the newest, 1 to 1,000,000. @default 1,000 */
  readonly max?: number | undefined;
}

/** Options of `collection`. */
export interface CollectionOptions extends MessageOptions {
  /** JSON Pointer to a row's key: a string, or a number, which counts as its text does. */
  readonly key: string;
  /**
   * What a row of a known key does: `replace` the old one, or `merge` into it, member by member at
   * the top level. It keeps its place. @default 'replace'
   */
  readonly update?: 'replace' | 'merge' | undefined;
  /** What a row has, as in `match`, that says that the row of its key is gone. @default none */
  readonly remove?: Match | undefined;
  /** Rows that it keeps, 1 to 1,000,000; beyond, the oldest go (`onEvict`). @default 100,000 */
  readonly maxRows?: number | undefined;
  /**
   * JSON of rows that it keeps, in bytes, 1 to 268,435,456; beyond, the oldest go (`onEvict`).
   * @default 67,108,864
   */
  readonly maxBytes?: number | undefined;
}

/** Options of `document`. */
export interface DocumentOptions extends LatestOptions {
  /** What messages are: `merge-patch` (RFC 7396) or `json-patch` (RFC 6902). */
  readonly patch: 'merge-patch' | 'json-patch';
}

/** With a stream of a fixed name (1 to 256 bytes of UTF-8), or without one: for any server. */
export interface OfStream {
  readonly stream?: string | undefined;
}

/** With streams that a function names: the member of the line is a function of the same strings. */
export interface OfFamily {
  readonly stream: (...args: string[]) => string;
}
