import { checkedNumber, wrong } from './checkedOption.js';
import type { CoreStateSpec, Match } from './coreStates.js';
import { pointerFault } from './jsonPointer.js';
import type { StateKind } from './stateRef.js';
import { checkStreamName } from './streamName.js';

// What the builders of states ask of their options. Functions, so that an application has those
// alone that its builders use.

const MATCH_MAX = 16;
const TEXT_MAX = 1_024;

// One JSON text has all that a state holds, and a string of JavaScript has its limits.
const BYTES_MAX = 268_435_456;
const ROWS_MAX = 1_000_000;

/** Limits of states: a test keeps the table in README equal. */
export const STATE_LIMITS = {
  latest: {
    maxBytes: { name: 'maxBytes', unit: 'bytes', min: 1, max: BYTES_MAX, standard: 16_777_216 },
  },
  log: {
    max: { name: 'max', unit: 'rows', min: 1, max: ROWS_MAX, standard: 1_000 },
    maxBytes: { name: 'maxBytes', unit: 'bytes', min: 1, max: BYTES_MAX, standard: 16_777_216 },
  },
  collection: {
    maxRows: { name: 'maxRows', unit: 'rows', min: 1, max: ROWS_MAX, standard: 100_000 },
    maxBytes: { name: 'maxBytes', unit: 'bytes', min: 1, max: BYTES_MAX, standard: 67_108_864 },
  },
  document: {
    maxBytes: { name: 'maxBytes', unit: 'bytes', min: 1, max: BYTES_MAX, standard: 16_777_216 },
  },
} as const;

/** The options of one call of a builder. */
export interface Asked {
  readonly kind: StateKind;
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * @param names of the options that it takes, beside those of all
 * @throws TypeError for what is no object of options, or has one that is not known
 */
export function asked(kind: StateKind, given: unknown, ...names: readonly string[]): Asked {
  if (typeof given !== 'object' || given === null) {
    throw wrong(`the options of ${kind}()`, 'an object', given);
  }
  const known = ['stream', 'match', 'value', ...names];
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const takes = known.join(', ');
    throw new TypeError(`openline: ${kind}() has no option ${stranger}; it takes ${takes}.`);
  }
  return { kind, given: given as Asked['given'] };
}

/** Null: the line has no streams. */
export function streamOf({ given }: Asked): string | ((...args: string[]) => string) | null {
  const { stream } = given;
  if (stream === undefined) return null;
  if (typeof stream === 'function') return stream as (...args: string[]) => string;
  checkStreamName(stream);
  return stream;
}

export function messagesOf(of: Asked): Pick<CoreStateSpec, 'match' | 'value'> {
  const [match, value] = [matchOf(of, 'match'), pointerOf(of, 'value')];
  return {
    ...(match && Object.keys(match).length > 0 ? { match } : {}),
    ...(value ? { value } : {}),
  };
}

export function rowsOf(of: Asked): Pick<CoreStateSpec, 'key' | 'remove'> {
  const [key, remove] = [pointerOf(of, 'key'), matchOf(of, 'remove')];
  if (key === undefined && of.kind === 'collection') {
    throw wrongOf(of, 'key', "a JSON Pointer to the key of a row, such as '/id'");
  }
  if (remove === undefined) return key === undefined ? {} : { key };
  if (key === undefined) {
    throw new TypeError(`openline: remove of ${of.kind}() needs key, to know which row goes.`);
  }
  if (Object.keys(remove).length === 0) {
    throw wrongOf(of, 'remove', "what a row has that says that it goes: { '/op': 'delete' }");
  }
  return { key, remove };
}

export function limitOf(of: Asked, row: Parameters<typeof checkedNumber>[0]): number {
  const value = of.given[row.name];
  if (typeof value === 'number' && value % 1 !== 0) {
    throw wrongOf(of, row.name, `a whole number from ${row.min} to ${row.max} ${row.unit}`);
  }
  return checkedNumber({ ...row, name: `${row.name} of ${of.kind}()` }, value);
}

/** One of `choices`; the first where nothing is given and there is a default. */
export function choiceOf<const C extends string>(
  of: Asked,
  name: string,
  choices: readonly C[],
  hasDefault: boolean,
): C {
  const value = of.given[name];
  const found = value === undefined && hasDefault ? choices[0] : choices.find((c) => c === value);
  if (found !== undefined) return found;
  throw wrongOf(of, name, choices.map((choice) => `'${choice}'`).join(' or '));
}

function pointerOf(of: Asked, name: string): string | undefined {
  const text = of.given[name];
  const fault = text === undefined ? null : pointerFault(text);
  if (fault === null) return text as string | undefined;
  throw wrongOf(of, name, `a JSON Pointer such as '/id' (${fault})`);
}

function matchOf(of: Asked, name: string): Match | undefined {
  const match = of.given[name];
  if (match === undefined) return undefined;
  if (typeof match !== 'object' || match === null || Array.isArray(match)) {
    throw wrongOf(of, name, "an object of JSON Pointers and values: { '/type': 'price' }");
  }
  const entries = Object.entries(match);
  const place = `${name} of ${of.kind}()`;
  if (entries.length > MATCH_MAX) {
    throw new TypeError(
      `openline: ${place} has ${entries.length} entries; ${MATCH_MAX} is the most.`,
    );
  }
  for (const [pointer, value] of entries)
    checkEntry(`${place}[${JSON.stringify(pointer)}]`, pointer, value);
  return Object.freeze(Object.fromEntries(entries) as Match);
}

function checkEntry(place: string, pointer: string, value: unknown): void {
  const fault = pointerFault(pointer);
  if (fault !== null) {
    throw new TypeError(`openline: ${place} is no JSON Pointer such as '/id': ${fault}.`);
  }
  if (isScalar(value)) return;
  throw wrong(place, 'a finite number, a boolean, null or a string of up to 1,024', value);
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'string') return typeof value === 'boolean' || value === null;
  return value.length <= TEXT_MAX && !/\p{Surrogate}/u.test(value);
}

function wrongOf({ kind, given }: Asked, name: string, wanted: string): TypeError {
  return wrong(`${name} of ${kind}()`, wanted, given[name]);
}
