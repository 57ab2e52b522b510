import fc from 'fast-check';

/** One thing that happens to a component with a line, its server, its page or its clock. */
export type Action =
  | { readonly do: 'mount' | 'unmount' | 'render' | 'reconnect' | 'face' | 'load' }
  | { readonly do: 'go'; readonly to: number | null }
  | { readonly do: 'connect'; readonly on: boolean }
  | { readonly do: 'send'; readonly what: Payload; readonly keep: boolean; readonly times: number }
  | { readonly do: 'close'; readonly code: number | undefined }
  | { readonly do: 'accept' | 'refuse' | 'break' | 'die' | 'startClosing' | 'refuseSend' }
  | { readonly do: 'end'; readonly code: number; readonly reason: string }
  | { readonly do: 'say'; readonly times: number }
  | { readonly do: 'answerPings'; readonly on: boolean }
  | { readonly do: 'refuseSocket' }
  | { readonly do: 'url'; readonly fails: UrlFault }
  | { readonly do: 'page'; readonly signal: Signal }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'setClock'; readonly byMs: number }
  | { readonly do: 'listen'; readonly to: Heard; readonly and: Reaction };

export type Payload = 'text' | 'bytes' | 'large' | 'unsendable';
export type UrlFault = 'not' | 'throws' | 'rejects' | 'hangs' | 'bad';
export type Signal = (typeof SIGNALS)[number];
export type Heard = (typeof HEARD)[number];
export type Reaction = (typeof REACTIONS)[number];

const SIGNALS = [
  'online',
  'offline',
  'hidden',
  'visible',
  'resume',
  'pagehide',
  'pageshow',
] as const;
const HEARD = ['open', 'message', 'error', 'close', 'drop', 'outage'] as const;
const REACTIONS = ['throw', 'send', 'close', 'reconnect', 'go', 'unmount'] as const;
const CODES = [1000, 1001, 1005, 1008, 1011, 1012, 1013, 4000, 4401, 4401, 4403, 4404, 4429];
const REASONS = ['', 'bye', '{"retryAfterMs":7000}'];

const just = <K extends Action['do']>(...names: K[]) =>
  fc.constantFrom(...names).map((name) => ({ do: name }));

/** What often happens stands for more than what seldom does. */
export const anyAction = fc.oneof(
  { weight: 6, arbitrary: just('mount') },
  { weight: 2, arbitrary: just('unmount', 'render', 'load') },
  { weight: 2, arbitrary: just('reconnect', 'face', 'refuseSend', 'refuseSocket', 'startClosing') },
  { weight: 12, arbitrary: just('accept') },
  { weight: 5, arbitrary: just('refuse', 'break', 'die') },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('go' as const), to: fc.constantFrom(0, 1, 2, null) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('connect' as const), on: fc.boolean() }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      what: fc.constantFrom<Payload>('text', 'text', 'bytes', 'large', 'unsendable'),
      keep: fc.constantFrom(true, true, true, false),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      code: fc.constantFrom(undefined, 1000, 4000, 1001, 5000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      code: fc.constantFrom(...CODES),
      reason: fc.constantFrom(...REASONS),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('answerPings' as const), on: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('url' as const),
      fails: fc.constantFrom<UrlFault>('not', 'throws', 'rejects', 'hangs', 'bad'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('page' as const), signal: fc.constantFrom(...SIGNALS) }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.oneof(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 3_000 }),
        fc.constantFrom(5_001, 10_001, 25_001, 60_000, 400_000),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setClock' as const),
      byMs: fc.constantFrom(-3_600_000, -500, 1_500, 60_000, 3_600_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('listen' as const),
      to: fc.constantFrom(...HEARD),
      and: fc.constantFrom(...REACTIONS),
    }),
  },
) as fc.Arbitrary<Action>;

/** How the component uses its line. */
export interface Manner {
  readonly seed: number;
  /** The core is there later than the first actions. */
  readonly isLate: boolean;
  readonly place: 'text' | 'function' | 'promise';
  readonly heartbeat: 'none' | 'any' | 'reply';
  readonly hello: boolean;
  readonly refresh: 'none' | 'renews' | 'rejects';
  readonly attempts: number;
  readonly hidden: 'keep' | 'pause' | 'close';
  readonly overflow: 'refuse' | 'drop-oldest' | 'drop-newest';
  readonly ttlMs: number;
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly budget: number;
}

const endless = Number.POSITIVE_INFINITY;

export const anyManner: fc.Arbitrary<Manner> = fc.record({
  seed: fc.integer({ min: 1, max: 2_147_483_646 }),
  isLate: fc.boolean(),
  place: fc.constantFrom('text', 'function', 'promise'),
  heartbeat: fc.constantFrom('none', 'any', 'reply'),
  hello: fc.boolean(),
  refresh: fc.constantFrom('none', 'renews', 'rejects'),
  attempts: fc.constantFrom(endless, endless, 2, 0),
  hidden: fc.constantFrom('keep', 'pause', 'close'),
  overflow: fc.constantFrom('refuse', 'drop-oldest', 'drop-newest'),
  ttlMs: fc.constantFrom(endless, 5_000),
  maxMessages: fc.constantFrom(1_000, 3, 0),
  maxBytes: fc.constantFrom(1_048_576, 12),
  budget: fc.constantFrom(120, 3),
});
