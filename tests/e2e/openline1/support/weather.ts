import type { Conditions, FaultProxy } from '../../../support/faultProxy.js';
import { between, type Random, shuffled } from './randomFrom.js';
import type { Story } from './story.js';

const FAULT_EVERY_MS = 3_000;
/** A fault that lasts is over before the next one begins. */
const LASTS_MS = [300, 2_500] as const;

type Fault = (proxy: FaultProxy, random: Random) => string;

const lasting = (conditions: (random: Random) => Conditions): Fault => {
  return (proxy, random) => {
    const set = conditions(random);
    proxy.set(set);
    return JSON.stringify(set);
  };
};
const whole = (random: Random, least: number, most: number) =>
  Math.round(between(random, least, most));

export const FAULTS: Readonly<Record<string, Fault>> = {
  latency: lasting((random) => ({ latencyMs: whole(random, 20, 300) })),
  bandwidth: lasting((random) => ({ bytesPerSecond: whole(random, 5_000, 60_000) })),
  slicing: lasting((random) => ({ sliceBytes: whole(random, 1, 64) })),
  'blackhole up': lasting(() => ({ blackhole: 'up' })),
  'blackhole down': lasting(() => ({ blackhole: 'down' })),
  'blackhole both': lasting(() => ({ blackhole: 'both' })),
  refusal: (proxy, random) => {
    proxy.reset();
    return lasting(() => ({ isRefusing: true }))(proxy, random);
  },
  reset: (proxy) => {
    proxy.reset();
    return '';
  },
  'half-close up': (proxy) => {
    proxy.halfClose('up');
    return '';
  },
  'half-close down': (proxy) => {
    proxy.halfClose('down');
    return '';
  },
};

/** A fault every three seconds, all kinds as often, in an order and with a force by the seed. */
export class Weather {
  readonly counts: Record<string, number> = {};
  private coming: string[] = [];
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly proxy: FaultProxy,
    private readonly random: Random,
    private readonly tell: (what: string) => void,
  ) {}

  start(): void {
    const first = between(this.random, 0, FAULT_EVERY_MS);
    this.timers = [setTimeout(() => this.strike(), first)];
  }

  /** All passes from now on. A connection that a blackhole had stays dead. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
    this.proxy.set({});
    this.tell('calm for good');
  }

  private strike(): void {
    if (this.coming.length === 0) this.coming = shuffled(Object.keys(FAULTS), this.random);
    const name = this.coming.pop() as string;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    this.tell(`${name} ${FAULTS[name]?.(this.proxy, this.random)}`.trim());
    const clear = setTimeout(() => this.proxy.set({}), between(this.random, ...LASTS_MS));
    this.timers = [clear, setTimeout(() => this.strike(), FAULT_EVERY_MS)];
  }
}

/** Weather that is told as that of the line `name`. */
export function weatherOf(name: string, proxy: FaultProxy, story: Story, random: Random): Weather {
  return new Weather(proxy, random, (what) => story.tell(name, `weather: ${what}`));
}
