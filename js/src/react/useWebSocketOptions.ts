import type { LineOptions } from '../core/lineOptions.js';
import type { LineUrl } from '../core/lineUrl.js';
import { type ResolvedOptions, resolveOptions } from '../core/options.js';
import type { SessionCallbacks } from '../core/socketSession.js';
import { withQuery } from './withQuery.js';

/** Options of `useWebSocket`: those of a line, and react-use-websocket's under their own names. */
export interface UseWebSocketOptions extends LineOptions, SessionCallbacks {
  /**
   * Milliseconds between attempts, without jitter; in place of `reconnect.minDelayMs` and
   * `maxDelayMs`.
   */
  reconnectInterval?: number | undefined;
  /** The same as `reconnect.attempts`. */
  reconnectAttempts?: number | undefined;
  /** Added to the query of the URL. */
  queryParams?: Readonly<Record<string, string | number | boolean | null | undefined>> | undefined;
  /** `lastJsonMessage` stays null. */
  disableJson?: boolean | undefined;
}

export interface SocketConfig {
  /** Equal keys: the same line. */
  readonly key: string;
  readonly line: ResolvedOptions;
  /**
   * Where to, if that is a string: a line that is on its way out must not ask for its successor's.
   */
  readonly fixedUrl: LineUrl | null;
}

/** @throws TypeError for an option of the wrong type or out of range. */
export function configOf(url: LineUrl | null, options: UseWebSocketOptions): SocketConfig {
  const line = resolveOptions(lineOptionsOf(options));
  // A function is not compared: written inline it is another one in each render.
  const place = typeof url === 'function' ? { of: 'function' } : url;
  // As text, because JSON makes Infinity null.
  const key = JSON.stringify([place, options.queryParams, line.protocols, line.values.join()]);
  return { key, line, fixedUrl: typeof url === 'string' ? urlWith(url, options) : null };
}

/** The URL with `queryParams` in it. */
export function urlWith(url: LineUrl, { queryParams }: UseWebSocketOptions): LineUrl {
  if (queryParams === undefined) return url;
  if (typeof url === 'string') return withQuery(url, queryParams);
  return async () => withQuery(await url(), queryParams);
}

function lineOptionsOf(options: UseWebSocketOptions): LineOptions {
  const { reconnectInterval: interval, reconnectAttempts: attempts, reconnect } = options;
  if (interval === undefined && attempts === undefined) return options;
  return {
    ...options,
    reconnect: {
      ...reconnect,
      ...(interval === undefined ? {} : { minDelayMs: interval, maxDelayMs: interval }),
      ...(attempts === undefined ? {} : { attempts }),
    },
  };
}
