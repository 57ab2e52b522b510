import { wrong } from '../core/checkedOption.js';
import type { HeartbeatOptions, LineOptions } from '../core/lineOptions.js';
import type { LineUrl } from '../core/lineUrl.js';
import { type ResolvedOptions, resolveOptions } from '../core/options.js';
import type { SessionCallbacks } from '../core/socketSession.js';
import type { QueryParams } from '../core/withQuery.js';

/** Of a heartbeat also react-use-websocket's names. */
export interface SocketHeartbeatOptions extends HeartbeatOptions {
  /** The same as `intervalMs`. */
  interval?: number | undefined;
  /**
   * Silence after which the connection is given up, counted from the last message: `timeoutMs` is
   * what of it is left behind `interval`. One that is not longer than the interval is `timeoutMs`.
   */
  timeout?: number | undefined;
}

/** Options of `useWebSocket`: those of a line, and react-use-websocket's under their own names. */
export interface UseWebSocketOptions extends Omit<LineOptions, 'heartbeat'>, SessionCallbacks {
  /** See `LineOptions`; off by default. */
  heartbeat?: boolean | SocketHeartbeatOptions | undefined;
  /**
   * Components with the same URL and `protocols` share one line, each with its own callbacks,
   * `filter` and `lastMessage`. The limits of the first one count, and its `hello`, `auth`,
   * `heartbeat` and `reconnectInterval` where it has them. `close()` and `reconnect()` are for all;
   * the last one that leaves closes the line. A URL function is shared by those that give the same
   * function. @default false
   */
  share?: boolean | undefined;
  /**
   * Milliseconds between attempts, without jitter; in place of `reconnect.minDelayMs` and
   * `maxDelayMs`. A function is asked before each wait, from 0 on. A server that asks for more time
   * gets it. What is no number of milliseconds from 0 on reaches the page as an error, and the
   * wait is the line's own.
   */
  reconnectInterval?: number | ((attempt: number) => number) | undefined;
  /** The same as `reconnect.attempts`. */
  reconnectAttempts?: number | undefined;
  /** Added to the query of the URL, encoded; what is percent-encoded already stays. */
  queryParams?: QueryParams | undefined;
  /** `lastJsonMessage` stays null. */
  disableJson?: boolean | undefined;
  /** Ignored: there is nothing to assert. */
  skipAssert?: boolean | undefined;
  /** Not here: true throws a TypeError. */
  fromSocketIO?: false | undefined;
  /** Not here: an object throws a TypeError. */
  eventSourceOptions?: undefined;
}

export interface SocketConfig {
  /** Equal keys: the same line. */
  readonly key: string;
  /** Equal ones of several components: one line for all of them. */
  readonly shareKey: string | null;
  readonly line: ResolvedOptions;
  /**
   * Where to, if that is a string: a line that is on its way out must not ask for its successor's.
   */
  readonly fixedUrl: string | null;
  readonly query: QueryParams | undefined;
}

/** @throws TypeError for an option of the wrong type or out of range. */
export function configOf(url: LineUrl | null, options: UseWebSocketOptions): SocketConfig {
  checkNames(options);
  const line = resolveOptions(lineOptionsOf(options));
  const { queryParams: query, share } = options;
  const fixedUrl = typeof url === 'string' ? url : null;
  // A function is not compared: written inline it is another one in each render.
  const place = typeof url === 'function' ? { of: 'function' } : url;
  const { protocols, values } = line;
  // As text, because JSON makes Infinity null.
  const key = JSON.stringify([place, query, protocols, values.join(), !share]);
  const shared = [fixedUrl ?? numberOf(url), query, protocols];
  return { key, shareKey: share ? JSON.stringify(shared) : null, line, fixedUrl, query };
}

const numbers = new WeakMap<object, number>();
let count = 0;

/** Tells functions apart in a text. */
function numberOf(url: unknown): number | undefined {
  if (typeof url !== 'function') return undefined;
  if (!numbers.has(url)) numbers.set(url, ++count);
  return numbers.get(url);
}

/** The default of `heartbeat.intervalMs`; a test compares the two. */
const INTERVAL_MS = 24_000;

const CALLBACK =
  /^(on(Open|Message|Error|Close|Outage|ReconnectStop|Drop)|shouldReconnect|filter)$/;

const ELSEWHERE = /^(fromSocketIO|eventSourceOptions)$/;

/** What is not known is ignored, as react-use-websocket has it; what would be missed is not. */
function checkNames(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (value == null || typeof value === 'function') continue;
    if (CALLBACK.test(name)) throw wrong(name, 'a function', value);
    if (ELSEWHERE.test(name) && value) {
      throw wrong(name, 'left out; use socket.io-client or EventSource', value);
    }
  }
}

function lineOptionsOf(options: UseWebSocketOptions): LineOptions {
  const { reconnectInterval: interval, reconnectAttempts: attempts, reconnect } = options;
  // A function is asked before each wait (lineVoice.ts), in place of the line's own.
  const delay = typeof interval === 'function' ? undefined : interval;
  const heartbeat = heartbeatOf(options.heartbeat);
  if (delay === undefined && attempts === undefined) return { ...options, heartbeat };
  return {
    ...options,
    heartbeat,
    reconnect: {
      ...reconnect,
      ...(delay !== undefined && { minDelayMs: delay, maxDelayMs: delay }),
      ...(attempts !== undefined && { attempts }),
    },
  };
}

/** What is left of `timeout` behind the first ping is what the answer may take. */
function heartbeatOf(given: UseWebSocketOptions['heartbeat']): LineOptions['heartbeat'] {
  if (typeof given !== 'object' || given === null) return given;
  const { interval, timeout = 0, intervalMs = interval ?? INTERVAL_MS } = given;
  const { timeoutMs = timeout > intervalMs ? timeout - intervalMs : given.timeout } = given;
  return { ...given, intervalMs, timeoutMs };
}
