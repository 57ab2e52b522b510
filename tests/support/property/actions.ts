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
const RETRIED = [1000, 1001, 1005, 1006, 1011, 1012, 1013, 4000, 4401, 4401, 4429];
const FATAL = [1008, 4403, 4404];
const CLOCK_STEPS = [-3_600_000, -500, 1_500, 60_000, 3_600_000];
const REASONS = ['', 'bye', '{"retryAfterMs":7000}'];

const just = <K extends Action['do']>(...names: K[]) =>
  fc.constantFrom(...names).map((name) => ({ do: name }));

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const some = <K extends Action['do'], T extends object>(name: K, of: fc.Arbitrary<T>) =>
  of.map((details) => ({ do: name, ...details }));

/** Weighed so that lines are open, or on their way there, for about half of the time. */
export const anyAction = fc.oneof(
  often(6, just('mount')),
  often(1, just('unmount')),
  often(1, just('render', 'refuseSocket')),
  often(2, just('load', 'face', 'refuseSend')),
  often(8, just('reconnect')),
  often(20, just('accept')),
  often(5, just('refuse', 'break', 'die', 'startClosing')),
  often(2, some('go', fc.record({ to: fc.constantFrom(0, 1, 2, 0, 1, 2, null) }))),
  often(2, some('connect', fc.record({ on: fc.constantFrom(true, true, true, false) }))),
  often(14, some('send', anySend())),
  often(1, some('close', fc.record({ code: fc.constantFrom(undefined, 1000, 4000, 1001, 5000) }))),
  often(4, some('end', fc.record({ code: anyCode(), reason: fc.constantFrom(...REASONS) }))),
  often(8, some('say', fc.record({ times: fc.integer({ min: 1, max: 3 }) }))),
  often(1, some('answerPings', fc.record({ on: fc.boolean() }))),
  often(2, some('url', fc.record({ fails: anyFault() }))),
  often(5, some('page', fc.record({ signal: fc.constantFrom(...SIGNALS) }))),
  often(12, some('pass', fc.record({ ms: anyTime() }))),
  often(1, some('setClock', fc.record({ byMs: fc.constantFrom(...CLOCK_STEPS) }))),
  often(
    6,
    some(
      'listen',
      fc.record({ to: fc.constantFrom(...HEARD), and: fc.constantFrom(...REACTIONS) }),
    ),
  ),
) as fc.Arbitrary<Action>;

function anySend() {
  return fc.record({
    what: fc.constantFrom<Payload>('text', 'text', 'text', 'bytes', 'bytes', 'large', 'unsendable'),
    keep: fc.constantFrom(true, true, true, true, false),
    times: fc.integer({ min: 1, max: 4 }),
  });
}

function anyCode() {
  return fc.oneof(often(3, fc.constantFrom(...RETRIED)), often(1, fc.constantFrom(...FATAL)));
}

function anyFault() {
  return fc.constantFrom<UrlFault>('not', 'not', 'not', 'throws', 'rejects', 'hangs', 'bad');
}

function anyTime() {
  return fc.oneof(
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 3_000 }),
    fc.constantFrom(1_001, 2_001, 5_001, 10_001, 25_001, 60_000, 400_000),
  );
}

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
