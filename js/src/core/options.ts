/**
 * Options of a line. Every limit is checked when the line is made: a value of the wrong type or out
 * of range throws a `TypeError` that names the option and the range.
 */
export interface LineOptions {
  /** Subprotocols to offer, in the order of preference (RFC 6455 section 1.9). @default none */
  protocols?: string | readonly string[] | undefined;
  /** When and how often a lost connection is tried again. */
  reconnect?: ReconnectOptions | undefined;
  /** From asking for the URL to open; beyond it the attempt has failed. @default 10_000 */
  connectTimeoutMs?: number | undefined;
  /** From `close()` to the close event; beyond it the socket is let go. @default 5_000 */
  closeTimeoutMs?: number | undefined;
  /** What may wait while the line is not open. Beyond it, sending answers `refused`. */
  queue?: QueueOptions | undefined;
  /**
   * Largest message to send, in UTF-16 code units or bytes; beyond it it is refused. @default 64
   * MiB
   */
  messageBytesMax?: number | undefined;
}

/** A retry comes after `min + U(0, min(max - min, base * 2^n))` ms, n counting retries from 0. */
export interface ReconnectOptions {
  /** Never sooner than this. @default 1_000 */
  minDelayMs?: number | undefined;
  /** Never later than this. @default 30_000 */
  maxDelayMs?: number | undefined;
  /**
   * Width of the first window that a delay is drawn from; doubles with each retry. @default 1_000
   */
  baseDelayMs?: number | undefined;
  /**
   * Retries between two stable connections; then the line fails. 0: never retry. @default Infinity
   */
  attempts?: number | undefined;
  /** Open for this long, a connection counts as stable and retries start anew. @default 5_000 */
  stableAfterMs?: number | undefined;
}

export interface QueueOptions {
  /** @default 1_000 */
  maxMessages?: number | undefined;
  /** Payload bytes, text as UTF-8. @default 1_048_576 */
  maxBytes?: number | undefined;
}

interface OptionRow {
  readonly name: string;
  readonly unit: string;
  readonly standard: number;
  readonly min: number;
  readonly max: number;
  readonly infinite?: true;
}

const TIMER_MS_MAX = 2_147_483_647; // setTimeout's limit; more would fire at once

const delay = (name: string, standard: number, min = 0): OptionRow => {
  return { name, unit: 'ms', standard, min, max: TIMER_MS_MAX };
};
const NO_LIMIT = Number.POSITIVE_INFINITY;

/** In the order of `ol_options` (bindings/openline_abi.h); a test keeps the two tables equal. */
export const OPTION_TABLE: readonly OptionRow[] = [
  delay('reconnect.minDelayMs', 1_000),
  delay('reconnect.maxDelayMs', 30_000),
  delay('reconnect.baseDelayMs', 1_000),
  {
    name: 'reconnect.attempts',
    unit: 'retries',
    standard: NO_LIMIT,
    min: 0,
    max: 4_294_967_294,
    infinite: true,
  },
  delay('reconnect.stableAfterMs', 5_000),
  delay('connectTimeoutMs', 10_000, 1),
  delay('closeTimeoutMs', 5_000, 1),
  { name: 'queue.maxMessages', unit: 'messages', standard: 1_000, min: 0, max: 1_000_000 },
  { name: 'queue.maxBytes', unit: 'bytes', standard: 1_048_576, min: 0, max: 1_073_741_824 },
  { name: 'messageBytesMax', unit: 'bytes', standard: 67_108_864, min: 1, max: 134_217_728 },
];

/** Options made complete, checked and without fractions. */
export interface ResolvedOptions {
  /** In the order of `OPTION_TABLE`. */
  readonly values: readonly number[];
  readonly protocols: readonly string[];
  readonly queueMaxMessages: number;
  readonly queueMaxBytes: number;
  readonly messageBytesMax: number;
}

/** @throws TypeError when a value is of the wrong type or out of range. */
export function resolveOptions(options: LineOptions): ResolvedOptions {
  const values = OPTION_TABLE.map((row) => checked(row, valueAt(options, row.name)));
  const numberOf = (name: string) =>
    values[OPTION_TABLE.findIndex((row) => row.name === name)] as number;
  const minDelay = numberOf('reconnect.minDelayMs');
  const maxDelay = numberOf('reconnect.maxDelayMs');
  if (minDelay > maxDelay) {
    throw new TypeError(
      `openline: reconnect.minDelayMs (${minDelay} ms) is above reconnect.maxDelayMs ` +
        `(${maxDelay} ms); give both, smaller first.`,
    );
  }
  return {
    values,
    protocols: checkedProtocols(options.protocols),
    queueMaxMessages: numberOf('queue.maxMessages'),
    queueMaxBytes: numberOf('queue.maxBytes'),
    messageBytesMax: numberOf('messageBytesMax'),
  };
}

function valueAt(options: LineOptions, path: string): unknown {
  let value: unknown = options;
  let name = '';
  for (const key of path.split('.')) {
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null) {
      throw new TypeError(`openline: ${name || 'options'} must be an object, not ${show(value)}.`);
    }
    value = (value as Record<string, unknown>)[key];
    name = key;
  }
  return value;
}

function checked(row: OptionRow, value: unknown): number {
  if (value === undefined) return row.standard;
  const isInRange =
    typeof value === 'number' &&
    ((value >= row.min && value <= row.max) || (row.infinite === true && value === NO_LIMIT));
  if (!isInRange) {
    const range = `from ${row.min} to ${row.max} ${row.unit}${row.infinite ? ' or Infinity' : ''}`;
    throw new TypeError(`openline: ${row.name} must be a number ${range}, not ${show(value)}.`);
  }
  return Math.trunc(value);
}

/** RFC 6455 section 4.1: a token of RFC 2616, each offered once. */
function checkedProtocols(protocols: unknown): readonly string[] {
  if (protocols === undefined) return [];
  const list: unknown[] = Array.isArray(protocols) ? protocols : [protocols];
  const seen = new Set<unknown>();
  for (const name of list) {
    if (typeof name !== 'string' || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
      throw new TypeError(
        `openline: ${show(name)} is no WebSocket subprotocol: give letters, digits and ` +
          "!#$%&'*+-.^_`|~, without spaces or commas.",
      );
    }
    if (seen.has(name)) {
      throw new TypeError(`openline: the subprotocol '${name}' is offered twice; name it once.`);
    }
    seen.add(name);
  }
  return list as string[];
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
