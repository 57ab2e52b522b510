import { checkedNumber, wrong } from './checkedOption.js';
import type { DropCause } from './core.js';
import { checkedHeartbeat } from './heartbeatOption.js';
import { TIMER_MS_MAX } from './host.js';
import type { HeartbeatOptions } from './lineOptions.js';

/** A message that will not be sent. */
export interface SocketDrop {
  /** What was given to `send`, as it was then. */
  readonly data: unknown;
  /**
   * `overflow`: as many wait as `maxEnqueuedMessages` or `maxEnqueuedBytes` allow. `too-large`: it
   * has more than 128 MiB. `unsendable`: the browser refused it.
   */
  readonly cause: Exclude<DropCause, 'closed' | 'expired'> | 'too-large';
}

/**
 * Options of a `ResilientWebSocket`, under the names that reconnecting-websocket 4 and partysocket
 * 1 gave them. Each is checked by the constructor and by `with`: a value of the wrong type or out
 * of range throws a `TypeError` that names the option and the range. Times are milliseconds.
 */
export interface ResilientWebSocketOptions {
  /** No retry comes sooner. @default 1_000, or `maxReconnectionDelay` if that is less */
  minReconnectionDelay?: number | undefined;
  /** No retry comes later. @default 10_000 */
  maxReconnectionDelay?: number | undefined;
  /**
   * How fast the delays grow, 1 to 100: a retry comes after `min + U(0, min * (factor - 1) * 2^n)`,
   * n counting retries from 0, so that clients which lost their server together do not come back
   * together. 1: always `min`. @default 2
   */
  reconnectionDelayGrowFactor?: number | undefined;
  /** Open for this long, a connection counts as stable and retries start anew. @default 5_000 */
  minUptime?: number | undefined;
  /** From asking for the URL to open; beyond it the attempt has failed. @default 10_000 */
  connectionTimeout?: number | undefined;
  /**
   * Retries between two stable connections; then it stays closed until `reconnect()`. 0: one
   * connection and never another by itself, whatever ends it. @default Infinity
   */
  maxRetries?: number | undefined;
  /** Messages that may wait for a connection; a further one goes to `onDrop`. @default 1_000 */
  maxEnqueuedMessages?: number | undefined;
  /** Payload bytes that may wait, text as UTF-8. @default 1_048_576 */
  maxEnqueuedBytes?: number | undefined;
  /** Does not connect before `reconnect()`; what is sent before waits. @default false */
  startClosed?: boolean | undefined;
  /**
   * Notices that the connection is dead although it does not close: by default a text `ping` after
   * 24 s without a message, and the next connection if no message comes for another 10 s. The
   * server has to answer. @default false
   */
  heartbeat?: boolean | HeartbeatOptions | undefined;
  /** False after a close: it stays closed. Not asked after `close()`. @default always true */
  shouldReconnectOnClose?: ((event: CloseEvent) => boolean) | undefined;
  /** A message will not be sent. @default nobody is told */
  onDrop?: ((drop: SocketDrop) => void) | undefined;
  /** Says what happens, never with URLs or messages. @default false */
  debug?: boolean | undefined;
  /** Where `debug` says it. @default console.log */
  debugLogger?: ((...words: unknown[]) => void) | undefined;
}

/** Options made complete and checked. */
export interface ResolvedResilience extends ResilientWebSocketOptions {
  readonly minReconnectionDelay: number;
  readonly maxReconnectionDelay: number;
  readonly reconnectionDelayGrowFactor: number;
  readonly minUptime: number;
  readonly connectionTimeout: number;
  readonly maxRetries: number;
  readonly maxEnqueuedMessages: number;
  readonly maxEnqueuedBytes: number;
}

type Name = keyof ResilientWebSocketOptions;
type Limits = readonly [standard: number, min?: number, max?: number, unit?: string];

const TYPES: Partial<Record<Name, string>> = {
  startClosed: 'boolean',
  debug: 'boolean',
  shouldReconnectOnClose: 'function',
  onDrop: 'function',
  debugLogger: 'function',
};

const NO_LIMIT = Number.POSITIVE_INFINITY;

const LIMITS: readonly (readonly [Name, ...Limits])[] = [
  ['maxReconnectionDelay', 10_000],
  ['reconnectionDelayGrowFactor', 2, 1, 100, 'times'],
  ['minUptime', 5_000],
  ['connectionTimeout', 10_000, 1],
  ['maxRetries', NO_LIMIT, 0, 4_294_967_294, 'retries'],
  ['maxEnqueuedMessages', 1_000, 0, 1_000_000, 'messages'],
  ['maxEnqueuedBytes', 1_048_576, 0, 1_073_741_824, 'bytes'],
];

/** @throws TypeError when a value is of the wrong type or out of range. */
export function resolveResilience(given: ResilientWebSocketOptions): ResolvedResilience {
  if (typeof given !== 'object' || given === null) throw wrong('options', 'an object', given);
  if ((given as { WebSocket?: unknown }).WebSocket !== undefined) {
    throw wrong('WebSocket', 'put on globalThis', 'an option');
  }
  for (const [name, type] of Object.entries(TYPES) as [Name, string][]) {
    const value = given[name];
    if (value !== undefined && typeof value !== type) throw wrong(name, `a ${type}`, value);
  }
  const resolved: Record<string, unknown> = { ...given };
  for (const [name, ...limits] of LIMITS) resolved[name] = number(name, limits, given[name]);
  const max = resolved['maxReconnectionDelay'] as number;
  const min = number('minReconnectionDelay', [Math.min(1_000, max)], given.minReconnectionDelay);
  if (min > max) throw wrong('minReconnectionDelay', `at most maxReconnectionDelay, ${max}`, min);
  const { intervalMs, timeoutMs, probeTimeoutMs } = checkedHeartbeat(given.heartbeat) ?? {};
  for (const [name, value] of Object.entries({ intervalMs, timeoutMs, probeTimeoutMs })) {
    number(`heartbeat.${name}`, [0, 1], value);
  }
  return {
    ...(resolved as unknown as ResolvedResilience),
    minReconnectionDelay: min,
    // Not without its fraction, as everything else.
    reconnectionDelayGrowFactor: given.reconnectionDelayGrowFactor ?? 2,
  };
}

function number(
  name: string,
  [standard, min = 0, max = TIMER_MS_MAX, unit = 'ms']: Limits,
  value: unknown,
) {
  const infinite = /retries|messages/.test(unit);
  return checkedNumber({ name, standard, unit, min, max, infinite }, value);
}
