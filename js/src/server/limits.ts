/** Bounds of a server. Each has a value with which a public server is safe. */
export interface LineServerLimits {
  /**
   * Bytes that a frame of a client may have; beyond it 1009. A HELLO has up to 32 KiB.
   * @default 65_536
   */
  readonly frameBytes: number;
  /** Bytes of JSON that a publication may have; beyond it `publish` throws. @default 1_048_576 */
  readonly publicationBytes: number;
  /** Messages of a client that may be unacknowledged. @default 256 */
  readonly messageWindow: number;
  /** Frames a second that a connection may send in the long run. @default 200 */
  readonly framesPerSecond: number;
  /** Frames that it may send at once; more than `messageWindow`. @default 512 */
  readonly frameBurst: number;
  /** For how long a client beyond its rate is only slowed down, in ms. @default 10_000 */
  readonly throttleMs: number;
  /** Streams that a connection may be subscribed to. @default 1_000 */
  readonly streamsPerConnection: number;
  /** Connections of a user to this process; a further one closes the oldest (4409). @default 20 */
  readonly connectionsPerUser: number;
  /** Connections to this process; beyond it 503. @default 50_000 */
  readonly connections: number;
  /** Upgrades that may be under way at once; beyond it 503. @default 1_000 */
  readonly pendingUpgrades: number;
  /** Upgrades a second from one address (IPv6: one /64); beyond it 429. @default 100 */
  readonly upgradesPerSecond: number;
  /** Upgrades from one address at once. @default 1_000 */
  readonly upgradeBurst: number;
  /** How long an upgrade may take, `authenticate` included, in ms. @default 5_000 */
  readonly handshakeTimeoutMs: number;
  /** How long a client may take to say HELLO, in ms; beyond it 4408. @default 5_000 */
  readonly helloTimeoutMs: number;
  /** How long a closing handshake may take, in ms. @default 5_000 */
  readonly closeTimeoutMs: number;
  /** Bytes that may be unsent for `unsentMs`; beyond it 1013. @default 1_048_576 */
  readonly unsentBytes: number;
  /** @default 10_000 */
  readonly unsentMs: number;
  /** Bytes that may be unsent at all; beyond it 1013 at once. @default 16_777_216 */
  readonly unsentBytesMax: number;
}

type Row = readonly [standard: number, min: number, max: number];

const TIMER_MS_MAX = 2_147_483_647; // more would fire at once
const MIB = 1_048_576;

/** Standard, least and greatest value of each limit. */
export const LIMIT_TABLE: Readonly<Record<keyof LineServerLimits, Row>> = {
  frameBytes: [65_536, 32_768, 16 * MIB],
  publicationBytes: [MIB, 1_024, 16 * MIB],
  messageWindow: [256, 1, 65_536],
  framesPerSecond: [200, 1, 1_000_000],
  frameBurst: [512, 1, 1_000_000],
  throttleMs: [10_000, 0, TIMER_MS_MAX],
  streamsPerConnection: [1_000, 1, 1_000_000],
  connectionsPerUser: [20, 1, 1_000_000],
  connections: [50_000, 1, 10_000_000],
  pendingUpgrades: [1_000, 1, 1_000_000],
  upgradesPerSecond: [100, 1, 1_000_000],
  upgradeBurst: [1_000, 1, 1_000_000],
  handshakeTimeoutMs: [5_000, 10, TIMER_MS_MAX],
  helloTimeoutMs: [5_000, 10, TIMER_MS_MAX],
  closeTimeoutMs: [5_000, 10, TIMER_MS_MAX],
  unsentBytes: [MIB, 1_024, 1_024 * MIB],
  unsentMs: [10_000, 0, TIMER_MS_MAX],
  unsentBytesMax: [16 * MIB, 1_024, 1_024 * MIB],
};

/** @throws TypeError or RangeError for a limit that is not known, no integer or out of range. */
export function resolveLimits(given: Partial<LineServerLimits> = {}): LineServerLimits {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(LIMIT_TABLE, name)) continue;
    const known = Object.keys(LIMIT_TABLE).join(', ');
    throw new TypeError(`openline: limits.${name} is not known; there are ${known}`);
  }
  const names = Object.keys(LIMIT_TABLE) as (keyof LineServerLimits)[];
  const resolved = names.map((name) => [
    name,
    checkedInteger(`limits.${name}`, given[name], LIMIT_TABLE[name]),
  ]);
  const limits = Object.fromEntries(resolved) as unknown as LineServerLimits;
  if (limits.frameBurst >= limits.messageWindow) return limits;
  throw new RangeError('openline: limits.frameBurst has to be messageWindow at least');
}

/** @throws TypeError if it is no integer, RangeError if it is out of range. */
export function checkedInteger(name: string, value: unknown, [standard, min, max]: Row): number {
  if (value === undefined) return standard;
  if (!Number.isInteger(value)) {
    throw new TypeError(`openline: ${name} is ${String(value)}; give an integer`);
  }
  if ((value as number) < min || (value as number) > max) {
    throw new RangeError(`openline: ${name} is ${String(value)}; give ${min} to ${max}`);
  }
  return value as number;
}
