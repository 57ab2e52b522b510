import { checkedNumber, type OptionRow, wrong } from './checkedOption.js';
import { checkedHeartbeat, checkSaid } from './heartbeatOption.js';
import { TIMER_MS_MAX } from './host.js';
import type { HeartbeatOptions, LineOptions } from './lineOptions.js';
import { checkedProtocols } from './subprotocols.js';

const COUNT_MAX = 4_294_967_294;
const NO_LIMIT = Number.POSITIVE_INFINITY;

const row = (
  name: string,
  standard: number,
  [min, max]: readonly [number, number] = [0, TIMER_MS_MAX],
  unit = 'ms',
): OptionRow => {
  return { name, unit, standard, min, max };
};
const choice = (name: string) => row(name, 0, [0, 2], 'choice');
const orInfinite = (limit: OptionRow): OptionRow => ({ ...limit, infinite: true });
const FROM_1: readonly [number, number] = [1, TIMER_MS_MAX];

/** In the order of `ol_options` (bindings/openline_abi.h); a test keeps the two tables equal. */
export const OPTION_TABLE: readonly OptionRow[] = [
  row('reconnect.minDelayMs', 1_000),
  row('reconnect.maxDelayMs', 30_000),
  row('reconnect.baseDelayMs', 1_000),
  orInfinite(row('reconnect.attempts', NO_LIMIT, [0, COUNT_MAX], 'retries')),
  row('reconnect.stableAfterMs', 5_000),
  orInfinite(row('reconnect.budget.attempts', 120, [1, COUNT_MAX], 'attempts')),
  row('reconnect.budget.windowMs', 60_000, FROM_1),
  row('connectTimeoutMs', 10_000, FROM_1),
  row('closeTimeoutMs', 5_000, FROM_1),
  choice('heartbeat'),
  row('heartbeat.intervalMs', 24_000, FROM_1),
  row('heartbeat.timeoutMs', 10_000, FROM_1),
  row('heartbeat.probeTimeoutMs', 3_500, FROM_1),
  choice('hidden'),
  row('hiddenAfterMs', 30_000),
  row('queue.maxMessages', 1_000, [0, 1_000_000], 'messages'),
  row('queue.maxBytes', 1_048_576, [0, 1_073_741_824], 'bytes'),
  orInfinite(row('queue.ttlMs', NO_LIMIT, FROM_1)),
  choice('queue.overflow'),
  row('messageBytesMax', 67_108_864, [1, 134_217_728], 'bytes'),
];

const OVERFLOWS = ['refuse', 'drop-oldest', 'drop-newest'] as const;
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  hidden: ['keep', 'pause', 'close'],
  'queue.overflow': OVERFLOWS,
};

/** Options made complete, checked and without fractions. */
export interface ResolvedOptions {
  /** In the order of `OPTION_TABLE`; a choice is its number. */
  readonly values: readonly number[];
  readonly protocols: readonly string[];
  readonly queueMaxMessages: number;
  readonly queueMaxBytes: number;
  readonly queueTtlMs: number;
  readonly queueOverflow: (typeof OVERFLOWS)[number];
  readonly messageBytesMax: number;
}

/** @throws TypeError when a value is of the wrong type or out of range. */
export function resolveOptions(options: LineOptions): ResolvedOptions {
  const given = { ...options, heartbeat: checkedHeartbeat(options.heartbeat) };
  checkAsked(options);
  const values = OPTION_TABLE.map((each) =>
    each.unit === 'choice'
      ? chosen(each.name, given)
      : checkedNumber(each, valueAt(given, each.name)),
  );
  const numberOf = (name: string) =>
    values[OPTION_TABLE.findIndex((each) => each.name === name)] as number;
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
    queueTtlMs: numberOf('queue.ttlMs'),
    queueOverflow: OVERFLOWS[numberOf('queue.overflow')] as (typeof OVERFLOWS)[number],
    messageBytesMax: numberOf('messageBytesMax'),
  };
}

/** What is asked for later must be there to be asked. */
function checkAsked({ hello, auth }: LineOptions): void {
  checkSaid('hello', hello);
  if (auth !== undefined && typeof auth?.refresh !== 'function') {
    throw wrong('auth.refresh', 'a function', auth?.refresh);
  }
}

function chosen(name: string, given: LineOptions): number {
  if (name === 'heartbeat') {
    const { heartbeat } = given;
    if (heartbeat === undefined) return 0;
    return (heartbeat as HeartbeatOptions).returnMessage === undefined ? 1 : 2;
  }
  const [value, choices] = [valueAt(given, name), CHOICES[name] as readonly string[]];
  const index = value === undefined ? 0 : choices.indexOf(value as string);
  if (index < 0) throw wrong(name, choices.map((each) => `'${each}'`).join(', '), value);
  return index;
}

function valueAt(options: LineOptions, path: string): unknown {
  let value: unknown = options;
  let name = '';
  for (const key of path.split('.')) {
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null)
      throw wrong(name || 'options', 'an object', value);
    value = (value as Record<string, unknown>)[key];
    name = name ? `${name}.${key}` : key;
  }
  return value;
}
