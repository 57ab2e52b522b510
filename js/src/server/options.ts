import type { Broker } from './broker.js';
import type { Handlers } from './handlers.js';
import { checkedInteger, type LineServerLimits, resolveLimits } from './limits.js';
import { memoryBroker } from './memoryBroker.js';
import { type AllowedOrigins, type OriginCheck, originCheck } from './origin.js';
import type { HistoryOptions } from './streamHistory.js';

/** Options of `createLineServer`: the functions of the application, and settings with defaults. */
export interface LineServerOptions<User> extends Handlers<User> {
  /** Where clients connect; other paths are left to others. @default '/openline' */
  readonly path?: string | undefined;
  /** Checked before anything else; others get 403. @default 'same-host' */
  readonly allowedOrigins?: AllowedOrigins | undefined;
  /**
   * How many proxies in front of this server append to `X-Forwarded-For`. 0: that header is the
   * client's to invent and is not read. @default 0
   */
  readonly trustedProxies?: number | undefined;
  /** What clients may do at most; those that are left out keep their defaults. */
  readonly limits?: Partial<LineServerLimits> | undefined;
  /**
   * Where publications are kept; closed with the server. A function is called only where a server
   * is really created, not after a hot reload. @default memoryBroker(history)
   */
  readonly broker?: Broker | (() => Broker) | undefined;
  /** For the broker that is made where none is given. */
  readonly history?: HistoryOptions | undefined;
  /** Silence of a client after which it is asked for a sign of life, in ms. @default 24_000 */
  readonly heartbeatMs?: number | undefined;
  /** Silence after which it is taken for dead; more than `heartbeatMs`. @default 34_000 */
  readonly idleMs?: number | undefined;
  /** How often open connections' sessions and grants are checked again, in ms. @default 300_000 */
  readonly recheckMs?: number | undefined;
}

/** Options made complete and checked. */
export interface Settings {
  readonly path: string;
  readonly isAllowedOrigin: OriginCheck;
  readonly trustedProxies: number;
  readonly limits: LineServerLimits;
  readonly makeBroker: () => Broker;
  readonly heartbeatMs: number;
  readonly idleMs: number;
  readonly recheckMs: number;
  /** What was asked for, option by option, so that a later wish can be compared with it. */
  readonly asked: ReadonlyMap<string, string>;
}

const TIMER_MS_MAX = 2_147_483_647;
const PATH = /^\/[\w\-.~!$&'()*+,;=:@%/]*$/;

const SETTINGS_OPTIONS = [
  'allowedOrigins',
  'trustedProxies',
  'limits',
  'history',
  'heartbeatMs',
  'idleMs',
  'recheckMs',
] as const;

/** @throws TypeError or RangeError that names the option. */
export function resolveSettings(options: LineServerOptions<unknown>): Settings {
  checkNames(options);
  checkHandlers(options);
  const number = (name: 'heartbeatMs' | 'idleMs' | 'recheckMs', standard: number) =>
    checkedInteger(name, options[name], [standard, 10, TIMER_MS_MAX]);
  const trustedProxies = checkedInteger('trustedProxies', options.trustedProxies, [0, 0, 16]);
  const { broker } = options;
  const settings = {
    path: checkedPath(options.path),
    isAllowedOrigin: originCheck(options.allowedOrigins ?? 'same-host', trustedProxies > 0),
    trustedProxies,
    limits: resolveLimits(options.limits),
    makeBroker:
      typeof broker === 'function' ? broker : () => broker ?? memoryBroker(options.history),
    heartbeatMs: number('heartbeatMs', 24_000),
    idleMs: number('idleMs', 34_000),
    recheckMs: number('recheckMs', 300_000),
    asked: new Map(SETTINGS_OPTIONS.map((name) => [name, JSON.stringify(options[name]) ?? ''])),
  };
  if (settings.idleMs <= settings.heartbeatMs) {
    throw new RangeError('openline: idleMs has to be more than heartbeatMs');
  }
  return settings;
}

export function checkedPath(path = '/openline'): string {
  if (typeof path === 'string' && PATH.test(path)) return path;
  throw new TypeError(`openline: path is ${JSON.stringify(path)}; write it like '/openline'`);
}

const FUNCTIONS = ['authenticate', 'authorize', 'userId', 'onMessage', 'recheck', 'onEvent'];
const REMEDIES: Readonly<Record<string, string>> = {
  authenticate: 'give one that returns the user of a request, or null',
  authorize: 'give one that says who may read and write which stream: () => true for everybody',
};

/** @throws TypeError if one is missing or no function. */
function checkHandlers(options: LineServerOptions<unknown>): void {
  for (const name of FUNCTIONS) {
    const value: unknown = Reflect.get(options, name);
    const remedy = REMEDIES[name];
    if (typeof value === 'function' || (value === undefined && !remedy)) continue;
    throw new TypeError(
      `openline: ${name} is no function; ${remedy ?? 'leave it out, or give one'}`,
    );
  }
}

// A Record of them all, so that an option that is added cannot be left out here.
const KNOWN: Readonly<Record<keyof LineServerOptions<unknown>, true>> = {
  path: true,
  authenticate: true,
  authorize: true,
  onMessage: true,
  userId: true,
  recheck: true,
  recheckMs: true,
  onEvent: true,
  allowedOrigins: true,
  trustedProxies: true,
  limits: true,
  broker: true,
  history: true,
  heartbeatMs: true,
  idleMs: true,
};

/** @throws TypeError for no options, and for one that is not known, such as `onmessage`. */
function checkNames(options: LineServerOptions<unknown>): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('openline: createLineServer takes an object of options');
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(KNOWN, name)) continue;
    const known = Object.keys(KNOWN).join(', ');
    throw new TypeError(`openline: the option ${name} is not known; there are ${known}`);
  }
}
