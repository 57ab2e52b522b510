import type { LineOptions } from './lineOptions.js';
import type { LineUrl } from './lineUrl.js';
import { checkedNumber, type ResolvedOptions, resolveOptions } from './options.js';
import { type Members, memberOf, type StateDefinitions } from './streamDefinition.js';

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
   * The streams of the line: each becomes a member of the definition by its name here. With any of
   * them the line speaks openline.1, and the server must be `openline/server`. @default none
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
}

const settings: unique symbol = Symbol('openline');

/** Any definition of a line. */
export interface AnyLineDefinition {
  readonly [settings]: LineSettings;
}

/** A line with a member for each of its streams. */
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
  const { state = {}, lingerMs, ...rest } = options;
  if (typeof state !== 'object' || state === null) {
    throw new TypeError(`openline: state must be an object of streams, not ${typeof state}.`);
  }
  const names = Object.keys(state);
  const hasStreams = names.length > 0;
  if (hasStreams) refusePlainOptions(rest);
  const definition = {
    [settings]: {
      url,
      options: rest,
      resolved: withProtocol(resolveOptions(rest), hasStreams),
      lingerMs: checkedNumber(LINGER, lingerMs),
      hasStreams,
    },
  };
  for (const name of names) {
    if (RESERVED.includes(name)) {
      throw new TypeError(`openline: a member of state cannot be called '${name}'; rename it.`);
    }
    const value = memberOf(definition, name, (state as StateDefinitions)[name]);
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

function refusePlainOptions({ hello, heartbeat }: LineOptions): void {
  const name = hello !== undefined ? 'hello' : heartbeat ? 'heartbeat' : null;
  if (name === null) return;
  throw new TypeError(
    `openline: ${name} is for a line without streams; openline.1 has its own. Leave it out.`,
  );
}
