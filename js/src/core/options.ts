import { checkedNumber, type OptionRow, wrong } from './checkedOption.js';
import { checkedHeartbeat, checkSaid } from './heartbeatOption.js';
import { TIMER_MS_MAX } from './host.js';
import type { HeartbeatOptions, LineOptions } from './lineOptions.js';
import { checkedProtocols } from './subprotocols.js';

const COUNT_MAX = 4_294_967_294;
const NO_LIMIT = Number.POSITIVE_INFINITY;
const CHOICE = [0, 0, 2, 'choice'] as const;

type Row = readonly [
  name: string,
  standard: number,
  min?: number,
  max?: number,
  unit?: string,
  infinite?: true,
];

const ROWS: readonly Row[] = [
  ['reconnect.minDelayMs', 1_000],
  ['reconnect.maxDelayMs', 30_000],
  ['reconnect.baseDelayMs', 1_000],
  ['reconnect.attempts', NO_LIMIT, 0, COUNT_MAX, 'retries', true],
  ['reconnect.stableAfterMs', 5_000],
  ['reconnect.budget.attempts', 120, 1, COUNT_MAX, 'attempts', true],
  ['reconnect.budget.windowMs', 60_000, 1],
  ['connectTimeoutMs', 10_000, 1],
  ['closeTimeoutMs', 5_000, 1],
  ['heartbeat', ...CHOICE],
  ['heartbeat.intervalMs', 24_000, 1],
  ['heartbeat.timeoutMs', 10_000, 1],
  ['heartbeat.probeTimeoutMs', 3_500, 1],
  ['hidden', ...CHOICE],
  ['hiddenAfterMs', 30_000],
  ['queue.maxMessages', 1_000, 0, 1_000_000, 'messages'],
  ['queue.maxBytes', 1_048_576, 0, 1_073_741_824, 'bytes'],
  ['queue.ttlMs', NO_LIMIT, 1, TIMER_MS_MAX, 'ms', true],
  ['queue.overflow', ...CHOICE],
  ['messageBytesMax', 67_108_864, 1, 134_217_728, 'bytes'],
];

/** In the order of `ol_options` (bindings/openline_abi.h); a test keeps the two tables equal. */
export const OPTION_TABLE: readonly OptionRow[] = ROWS.map(
  ([name, standard, min = 0, max = TIMER_MS_MAX, unit = 'ms', infinite]) => {
    return { name, standard, min, max, unit, infinite };
  },
);

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
  const numbers: Record<string, number> = {};
  for (const row of OPTION_TABLE) numbers[row.name] = numberIn(row, given);
  const numberOf = (name: string) => numbers[name] as number;
  const minDelay = numberOf('reconnect.minDelayMs');
  const maxDelay = numberOf('reconnect.maxDelayMs');
  if (minDelay > maxDelay) {
    throw wrong('reconnect.minDelayMs', `at most reconnect.maxDelayMs, ${maxDelay} ms`, minDelay);
  }
  return {
    values: Object.values(numbers),
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

function numberIn(row: OptionRow, given: LineOptions): number {
  const { name } = row;
  const value = valueAt(given, name);
  if (name === 'heartbeat') {
    if (value === undefined) return 0;
    return (value as HeartbeatOptions).returnMessage === undefined ? 1 : 2;
  }
  const choices = CHOICES[name];
  if (choices === undefined) return checkedNumber(row, value);
  const index = value === undefined ? 0 : choices.indexOf(value as string);
  if (index < 0) throw wrong(name, choices.map((each) => `'${each}'`).join(', '), value);
  return index;
}

function valueAt(options: unknown, path: string): unknown {
  let [value, name] = [options, ''];
  for (const key of path.split('.')) {
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null) {
      throw wrong(name || 'options', 'an object', value);
    }
    value = (value as Record<string, unknown>)[key];
    name += name && '.';
    name += key;
  }
  return value;
}
