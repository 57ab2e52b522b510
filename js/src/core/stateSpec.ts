import type { CoreStateSpec, Match } from './coreStates.js';
import { pointerFault } from './jsonPointer.js';
import { checkedNumber, wrong } from './options.js';
import type { MessagesSpec, ReduceSpec } from './stateRef.js';
import { checkStreamName } from './streamName.js';

const MATCH_MAX = 16;
const TEXT_MAX = 1_024;

// One JSON text has all that a state holds, and a string of JavaScript has its limits.
const BYTES = { name: 'maxBytes', unit: 'bytes', min: 1, max: 268_435_456 } as const;
const ROWS = { unit: 'rows', min: 1, max: 1_000_000 } as const;
const MIB = 1_048_576;

/** Limits of states: a test keeps the table in README equal. */
export const STATE_LIMITS = {
  latest: { maxBytes: { ...BYTES, standard: 16 * MIB } },
  log: {
    max: { ...ROWS, name: 'max', standard: 1_000 },
    maxBytes: { ...BYTES, standard: 16 * MIB },
  },
  collection: {
    maxRows: { ...ROWS, name: 'maxRows', standard: 100_000 },
    maxBytes: { ...BYTES, standard: 64 * MIB },
  },
  document: { maxBytes: { ...BYTES, standard: 16 * MIB } },
} as const;

type Kind = (MessagesSpec | ReduceSpec | CoreStateSpec)['kind'];

const MESSAGE_OPTIONS = ['stream', 'match', 'value'];
const OPTIONS: Readonly<Record<Kind, readonly string[]>> = {
  messages: MESSAGE_OPTIONS,
  reduce: MESSAGE_OPTIONS,
  latest: [...MESSAGE_OPTIONS, 'maxBytes'],
  log: [...MESSAGE_OPTIONS, 'maxBytes', 'key', 'remove', 'max'],
  collection: [...MESSAGE_OPTIONS, 'maxBytes', 'key', 'remove', 'maxRows', 'update'],
  document: [...MESSAGE_OPTIONS, 'maxBytes', 'patch'],
};

type Given = Readonly<Record<string, unknown>>;

/** The options of one call of a builder, each checked when it is read. */
export class StateOptions {
  private readonly given: Given;

  /** @throws TypeError for what is no object of options, or has one that is not known */
  constructor(
    readonly kind: Kind,
    given: unknown,
  ) {
    if (typeof given !== 'object' || given === null) {
      throw wrong(`the options of ${kind}()`, 'an object', given);
    }
    const known = OPTIONS[kind];
    const stranger = Object.keys(given).find((name) => !known.includes(name));
    if (stranger !== undefined) {
      const names = known.join(', ');
      throw new TypeError(`openline: ${kind}() has no option ${stranger}; it takes ${names}.`);
    }
    this.given = given as Given;
  }

  /** Null: the line has no streams. */
  stream(): string | ((...args: string[]) => string) | null {
    const { stream } = this.given;
    if (stream === undefined) return null;
    if (typeof stream === 'function') return stream as (...args: string[]) => string;
    checkStreamName(stream);
    return stream;
  }

  messages(): { readonly match?: Match; readonly value?: string } {
    const [match, value] = [this.match('match'), this.pointer('value')];
    return {
      ...(match === undefined || Object.keys(match).length === 0 ? {} : { match }),
      ...(value === undefined || value === '' ? {} : { value }),
    };
  }

  rows(): { readonly key?: string; readonly remove?: Match } {
    const [key, remove] = [this.pointer('key'), this.match('remove')];
    if (key === undefined && this.kind === 'collection') {
      throw this.wrong('key', "a JSON Pointer to the key of a row, such as '/id'");
    }
    if (remove !== undefined && key === undefined) {
      throw new TypeError(`openline: remove of ${this.kind}() needs key, to know which row goes.`);
    }
    if (remove !== undefined && Object.keys(remove).length === 0) {
      throw this.wrong('remove', "what a row has that says that it goes: { '/op': 'delete' }");
    }
    return { ...(key === undefined ? {} : { key }), ...(remove === undefined ? {} : { remove }) };
  }

  limit(row: Parameters<typeof checkedNumber>[0]): number {
    const of = { ...row, name: this.nameOf(row.name) };
    const value = this.given[row.name];
    if (typeof value === 'number' && value % 1 !== 0) {
      throw wrong(of.name, `a whole number from ${row.min} to ${row.max} ${row.unit}`, value);
    }
    return checkedNumber(of, value);
  }

  /** One of `choices`; the first unless something is given, where there is a default. */
  choice<const C extends string>(name: string, choices: readonly C[], hasDefault: boolean): C {
    const value = this.given[name];
    const found = value === undefined && hasDefault ? choices[0] : choices.find((c) => c === value);
    if (found !== undefined) return found;
    throw this.wrong(name, choices.map((choice) => `'${choice}'`).join(' or '));
  }

  private pointer(name: string): string | undefined {
    const text = this.given[name];
    if (text === undefined) return undefined;
    const fault = pointerFault(text);
    if (fault === null) return text as string;
    throw this.wrong(name, `a JSON Pointer such as '/id' (${fault})`);
  }

  private match(name: string): Match | undefined {
    const match = this.given[name];
    if (match === undefined) return undefined;
    if (typeof match !== 'object' || match === null || Array.isArray(match)) {
      throw this.wrong(name, "an object of JSON Pointers and values: { '/type': 'price' }");
    }
    const entries = Object.entries(match);
    if (entries.length > MATCH_MAX) {
      throw new TypeError(
        `openline: ${this.nameOf(name)} has ${entries.length} entries; ${MATCH_MAX} is the most.`,
      );
    }
    for (const [pointer, value] of entries) this.checkEntry(name, pointer, value);
    return Object.freeze(Object.fromEntries(entries) as Match);
  }

  private checkEntry(name: string, pointer: string, value: unknown): void {
    const place = `${this.nameOf(name)}[${JSON.stringify(pointer)}]`;
    const fault = pointerFault(pointer);
    if (fault !== null) {
      throw new TypeError(`openline: ${place} is no JSON Pointer such as '/id': ${fault}.`);
    }
    if (typeof value === 'number' ? Number.isFinite(value) : isScalar(value)) return;
    throw wrong(place, 'a finite number, a boolean, null or a string of up to 1,024', value);
  }

  private wrong(name: string, wanted: string): TypeError {
    return wrong(this.nameOf(name), wanted, this.given[name]);
  }

  private nameOf(option: string): string {
    return `${option} of ${this.kind}()`;
  }
}

function isScalar(value: unknown): boolean {
  if (typeof value !== 'string') return typeof value === 'boolean' || value === null;
  return value.length <= TEXT_MAX && !/\p{Surrogate}/u.test(value);
}
