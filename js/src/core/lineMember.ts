import type { AnyLineDefinition } from './lineDefinition.js';
import type { FamilyDefinition, StateDefinition, StateDefinitions } from './stateDefinition.js';
import type { StateSpec, StreamRef } from './stateRef.js';
import { checkStreamName } from './streamName.js';

/** What the entries of `state` are on the definition. */
export type Members<S extends StateDefinitions> = {
  readonly [Name in keyof S]: S[Name] extends FamilyDefinition<infer R>
    ? (...args: string[]) => R
    : S[Name] extends StateDefinition<infer R>
      ? R
      : never;
};

/** So many members of a family keep their identity; one asked for again later is an equal one. */
const FAMILY_MAX = 1_000;

/** @throws TypeError for what no builder has made */
export function memberOf(
  line: AnyLineDefinition,
  name: string,
  definition: unknown,
): StreamRef | ((...args: string[]) => StreamRef) {
  const { spec, stream } = definitionOf(name, definition);
  const refTo = (of: string | null): StreamRef =>
    Object.freeze({ kind: spec.kind, name, stream: of, line, spec });
  return typeof stream === 'function' ? family(name, stream, refTo) : refTo(stream);
}

/** @throws TypeError for what no builder has made */
export function definitionOf(
  name: string,
  definition: unknown,
): StateDefinition | FamilyDefinition {
  const { spec, stream } = (definition ?? {}) as Partial<StateDefinition>;
  if (typeof (spec as Partial<StateSpec> | undefined)?.kind === 'string' && stream !== undefined) {
    return definition as StateDefinition | FamilyDefinition;
  }
  throw new TypeError(
    `openline: state.${name} is none; make it by latest(), log(), collection(), document(), ` +
      'reduce() or messages().',
  );
}

/** A function, which says so where it is given in the place of a member. */
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
  // What every user of a member asks it first.
  return Object.defineProperty(member, 'line', { get: refuse });
}
