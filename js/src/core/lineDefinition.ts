import { checkedNumber } from './checkedOption.js';
import { definitionOf, type Members, memberOf } from './lineMember.js';
import type { LineOptions } from './lineOptions.js';
import type { OpenStates } from './lineStates.js';
import type { LineUrl } from './lineUrl.js';
import { type ResolvedOptions, resolveOptions } from './options.js';
import type { StateDefinitions } from './stateDefinition.js';

/** What a line with streams offers first (PROTOCOL.md). */
export const OPENLINE_1 = 'openline.1';

/** Options of a line that is defined once, at module scope, and used by hooks. */
export interface DefinitionOptions<S extends StateDefinitions = StateDefinitions>
  extends LineOptions {
  /**
   * How long the line stays open after the last component that used it has gone, and a stream
   * subscribed after its last reader, in milliseconds. @default 500
   */
  lingerMs?: number | undefined;
  /**
   * What is kept of the line's messages, and what passes through: each becomes a member of the
   * definition by its name here. Either all of them have a `stream`, and then the line speaks
   * openline.1 and the server must be `openline/server`; or none has, and then any server will do.
   * @default none
   */
  state?: S | undefined;
}

/** @internal */
export interface LineSettings {
  readonly url: LineUrl;
  readonly options: LineOptions;
  readonly resolved: ResolvedOptions;
  readonly lingerMs: number;
  /** It speaks openline.1. */
  readonly hasStreams: boolean;
  /** The core keeps something of it. */
  readonly hasStates: boolean;
  /** Makes what keeps them, and what `reduce` keeps; null: nothing is kept. */
  readonly openStates: OpenStates | null;
  /** It needs the core with documents. */
  readonly hasDocuments: boolean;
  /** Of a line without streams. Its members read bytes, and a Blob would have to be waited for. */
  readonly binaryType: BinaryType;
}

const settings: unique symbol = Symbol('openline');

/** Any definition of a line. */
export interface AnyLineDefinition {
  readonly [settings]: LineSettings;
}

/** A line with a member for each entry of `state`. */
export type LineDefinition<S extends StateDefinitions> = AnyLineDefinition & Members<S>;

/** JavaScript asks objects for these by itself, or every object has them. */
const RESERVED = ['then', 'toJSON', 'toString', 'valueOf', 'constructor', '__proto__'];

const LINGER = {
  name: 'lingerMs',
  unit: 'ms',
  standard: 500,
  min: 0,
  max: 2_147_483_647, // setTimeout's limit; more would fire at once
} as const;

/**
 * Says where a line goes and how it behaves. It opens nothing, so it belongs to module scope, in
 * code that runs on the server as well: the hooks (or `openLine`) open the line in the browser.
 *
 * Options are checked here. `hello` and `heartbeat` are for lines without streams: openline.1 has a
 * greeting and heartbeats of its own.
 *
 * @param url where to; a path means the page's own origin, a function is asked for each attempt
 * @throws TypeError for an option of the wrong type or out of range
 */
export function defineLine<const S extends StateDefinitions = Record<never, never>>(
  url: LineUrl,
  options: DefinitionOptions<S> = {},
): LineDefinition<S> {
  if (typeof url !== 'string' && typeof url !== 'function') {
    throw new TypeError(`openline: the URL must be a string or a function, not ${typeof url}.`);
  }
  const { state = {} as S, lingerMs, ...rest } = options;
  if (typeof state !== 'object' || state === null) {
    throw new TypeError(`openline: state must be an object, not ${typeof state}.`);
  }
  const names = Object.keys(state);
  const definitions = names.map((name) => definitionOf(name, state[name]));
  const hasStreams = definitions.some(({ stream }) => stream !== null);
  refuseMixture(names, definitions);
  const kinds = definitions.map(({ spec }) => spec.kind);
  if (hasStreams) refusePlainOptions(rest);
  const definition = {
    [settings]: {
      url,
      options: rest,
      resolved: withProtocol(resolveOptions(rest), hasStreams),
      lingerMs: checkedNumber(LINGER, lingerMs),
      hasStreams,
      hasStates: kinds.some((kind) => kind !== 'messages' && kind !== 'reduce'),
      openStates: definitions.find(({ open }) => open !== undefined)?.open ?? null,
      hasDocuments: kinds.includes('document'),
      binaryType: names.length > 0 ? 'arraybuffer' : 'blob',
    },
  } as const;
  for (const name of names) {
    if (RESERVED.includes(name)) {
      throw new TypeError(`openline: a member of state cannot be called '${name}'; rename it.`);
    }
    const value = memberOf(definition, name, state[name]);
    Object.defineProperty(definition, name, { value, enumerable: true });
  }
  return Object.freeze(definition) as LineDefinition<S>;
}

/** @internal */
export function settingsOf(definition: AnyLineDefinition): LineSettings {
  const found = (definition as Partial<AnyLineDefinition> | null | undefined)?.[settings];
  if (found === undefined) {
    throw new TypeError('openline: give what defineLine() returned.');
  }
  return found;
}

function withProtocol(resolved: ResolvedOptions, hasStreams: boolean): ResolvedOptions {
  const { protocols } = resolved;
  if (!hasStreams) {
    if (!protocols.includes(OPENLINE_1)) return resolved;
    throw new TypeError(
      'openline: protocols cannot offer openline.1; define a stream, and it is offered by itself.',
    );
  }
  const others = protocols.filter((name) => name !== OPENLINE_1);
  return { ...resolved, protocols: [OPENLINE_1, ...others] };
}

function refuseMixture(
  names: readonly string[],
  definitions: readonly { readonly stream: unknown }[],
): void {
  const [without, withOne] = [true, false].map(
    (isNone) => names[definitions.findIndex(({ stream }) => (stream === null) === isNone)],
  );
  if (without === undefined || withOne === undefined) return;
  throw new TypeError(
    `openline: state.${withOne} has a stream and state.${without} has none; give all of them a ` +
      'stream, or define two lines.',
  );
}

function refusePlainOptions({ hello, heartbeat }: LineOptions): void {
  const name = hello !== undefined ? 'hello' : heartbeat ? 'heartbeat' : null;
  if (name === null) return;
  throw new TypeError(
    `openline: ${name} is for a line without streams; openline.1 has its own. Leave it out.`,
  );
}
