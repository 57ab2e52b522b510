import type { AnyLineDefinition } from './lineDefinition.js';
import { checkStreamName } from './streamName.js';

declare const message: unique symbol;

/** A stream of a line: what is published on it, and what the client keeps of it. */
export interface StreamDefinition<T = unknown> {
  readonly kind: 'messages';
  readonly stream: string;
  readonly [message]?: T;
}

/** Streams that are named by arguments, such as the rooms of a chat. */
export interface FamilyDefinition<T = unknown> {
  readonly kind: 'messages';
  readonly stream: (...args: string[]) => string;
  readonly [message]?: T;
}

export type StateDefinitions = Readonly<Record<string, StreamDefinition | FamilyDefinition>>;

/** A stream of a certain line, for `useMessages`, `send` and `openLine(…).subscribe`. */
export interface StreamRef<T = unknown> {
  readonly kind: 'messages';
  readonly stream: string;
  readonly line: AnyLineDefinition;
  readonly [message]?: T;
}

/** What the entries of `state` are on the definition. */
export type Members<S extends StateDefinitions> = {
  readonly [Name in keyof S]: S[Name] extends FamilyDefinition<infer T>
    ? (...args: string[]) => StreamRef<T>
    : S[Name] extends StreamDefinition<infer T>
      ? StreamRef<T>
      : never;
};

/** So many members of a family keep their identity; one asked for again later is an equal one. */
const FAMILY_MAX = 1_000;

/**
 * A stream of which the client keeps nothing: `useMessages` gets every publication, in order.
 *
 * `stream` is its name at the server, 1 to 256 bytes of UTF-8, or a function that makes the name
 * from strings; then the member of the line is a function as well.
 *
 * @throws TypeError for a name that is none
 */
export function messages<T = unknown>(options: { readonly stream: string }): StreamDefinition<T>;
export function messages<T = unknown>(options: {
  readonly stream: (...args: string[]) => string;
}): FamilyDefinition<T>;
export function messages(options: {
  readonly stream: string | ((...args: string[]) => string);
}): StreamDefinition | FamilyDefinition {
  const { stream } = options;
  if (typeof stream === 'function') return { kind: 'messages', stream };
  checkStreamName(stream);
  return { kind: 'messages', stream };
}

/** @internal */
export function memberOf(
  line: AnyLineDefinition,
  name: string,
  definition: unknown,
): StreamRef | ((...args: string[]) => StreamRef) {
  const { kind, stream } = (definition ?? {}) as Partial<StreamDefinition | FamilyDefinition>;
  if (kind !== 'messages' || stream === undefined) {
    throw new TypeError(`openline: state.${name} is no stream; make it by messages({ stream }).`);
  }
  const refTo = (of: string): StreamRef => Object.freeze({ kind, stream: of, line });
  return typeof stream === 'string' ? refTo(stream) : family(name, stream, refTo);
}

/** A function, which says so where it is given in the place of a stream. */
function family(
  name: string,
  nameOf: (...args: string[]) => string,
  refTo: (stream: string) => StreamRef,
): (...args: string[]) => StreamRef {
  const known = new Map<string, StreamRef>();
  const refuse = (): never => {
    throw new TypeError(`openline: ${name} is a family; call it with strings: ${name}('…').`);
  };
  const member = (...args: string[]): StreamRef => {
    if (args.length < nameOf.length || args.some((arg) => typeof arg !== 'string')) refuse();
    const stream = nameOf(...args);
    checkStreamName(stream);
    const ref = known.get(stream) ?? refTo(stream);
    // The newest last, so that the first is the one that was not asked for for longest.
    known.delete(stream);
    known.set(stream, ref);
    if (known.size > FAMILY_MAX) known.delete(known.keys().next().value as string);
    return ref;
  };
  // What every user of a stream asks it first.
  return Object.defineProperty(member, 'line', { get: refuse });
}
