import { expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import type { LiveRows, Readable } from '../../../js/src/core/liveState.js';
import { openStates } from '../../../js/src/core/liveStates.js';
import { collection } from '../../../js/src/core/stateDefinition.js';
import { Streams } from '../../../js/src/core/streams.js';
import { FakeCoreStates } from '../../support/fakeCoreStates.js';
import { playedFrames, type Row } from '../../support/statesFixture.js';
import { foldRows, WalkedStream } from '../../support/walkedStream.js';

// Components come, go, hide and render at random, over a line that loses connections, cores and
// history; in the end each shows what a fold of all that was published is.

const WALKS = 400;
const STEPS = 60;
const LINGER = 50;
const KEYS = ['a', 'b', 'c', 'd'];

const line = defineLine('ws://host/', {
  state: { rows: collection<Row>({ stream: 'rows', key: '/id', remove: { '/op': 'delete' } }) },
});
const { frame } = playedFrames();

type Part = 'whole' | 'keys' | { readonly key: string };
const partOf = (state: LiveRows<Row>, part: Part): Readable<unknown> =>
  typeof part === 'string' ? state[part] : state.row(part.key);
const wantedOf = (rows: readonly Row[], part: Part): unknown => {
  if (part === 'whole') return rows;
  return part === 'keys' ? rows.map(({ id }) => id) : rows.find(({ id }) => id === part.key);
};

/** A linear congruential generator (Numerical Recipes): the same walk for the same seed. */
function choices(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** What a component with `useSyncExternalStore` does. */
class Component {
  shown: unknown;
  private reading: Readable<unknown> | null = null;
  private leave: (() => void) | null = null;

  constructor(
    readonly part: Part,
    private readonly state: () => LiveRows<Row>,
  ) {}

  get isMounted(): boolean {
    return this.leave !== null;
  }

  render(): void {
    const reading = partOf(this.state(), this.part);
    this.shown = reading.get();
    expect(reading.get()).toBe(this.shown);
    if (reading === this.reading && this.isMounted) return;
    this.unmount();
    this.reading = reading;
    this.show();
  }

  unmount(): void {
    this.leave?.();
    this.leave = null;
  }

  /** Also behind `unmount`: React's Activity shows again what it has rendered before. */
  show(): void {
    const { reading } = this;
    if (reading === null || this.isMounted) return;
    const check = () => {
      if (!Object.is(reading.get(), this.shown)) this.render();
    };
    this.leave = reading.subscribe(check);
    check();
  }
}

/** States over a played stream and a played core, which may trap. */
function openWalk() {
  const stream = new WalkedStream();
  const known = { core: new FakeCoreStates(), from: stream.snapshot(), isLost: false };
  const lost = () => {
    known.isLost = true;
  };
  const told = { denied: vi.fn(), stopped: vi.fn(), stateError: vi.fn(), evicted: vi.fn() };
  const streams = new Streams(LINGER, { ...told, resync: lost });
  const states = openStates({
    ...told,
    lingerMs: LINGER,
    holdOpen: () => () => {},
    readStream: (...given) => streams.read(...given),
    lostState: lost,
  });
  const start = () => {
    states.started(known.core);
    streams.started(stream.core);
  };
  start();
  const trap = () => {
    known.core.isStopped = true;
    stream.cut();
    streams.stopped();
    states.stopped();
    known.core = new FakeCoreStates();
    start();
  };
  const receive = (most: number) => {
    stream.step(streams, known.core, most);
    states.settled();
  };
  const state = () => {
    const rows = states.of(line.rows);
    rows.render(known.from);
    return rows;
  };
  const dispose = () => {
    expect(told.stateError).not.toHaveBeenCalled();
    states.dispose();
    streams.dispose();
    expect(known.core.states.size).toBe(0);
  };
  return { stream, known, trap, receive, state, dispose };
}

async function walk(seed: number): Promise<void> {
  const choose = choices(seed);
  const { stream, known, trap, receive, state, dispose } = openWalk();
  const parts: Part[] = ['whole', 'whole', 'keys', ...KEYS.map((key) => ({ key }))];
  const components = parts.map((part) => new Component(part, state));
  const some = () => components[choose(components.length)] as Component;
  const key = () => KEYS[choose(KEYS.length)] as string;
  const row = (id: string): Row => ({ id, price: choose(3) });
  const steps: readonly (() => unknown)[] = [
    () => stream.published.push(row(key())),
    () => stream.published.push(row(key())),
    () => stream.published.push({ id: key(), op: 'delete' }),
    () => stream.published.push(KEYS.map(row)),
    () => receive(3),
    () => receive(3),
    () => receive(1),
    frame,
    () => vi.advanceTimersByTimeAsync(0),
    () => some().render(),
    () => some().render(),
    () => some().unmount(),
    () => some().show(),
    () => choose(3) === 0 && vi.advanceTimersByTimeAsync(2 * LINGER),
    () => {
      known.from = stream.snapshot(Math.max(stream.oldest, stream.published.length - choose(3)));
    },
    () => choose(3) === 0 && trap(),
    () => choose(4) === 0 && stream.forget(choose(2) === 0),
  ];
  for (let i = 0; i < STEPS; i++) await steps[choose(steps.length)]?.();
  for (let i = 0; i < STEPS; i++) {
    await vi.advanceTimersByTimeAsync(0);
    receive(1);
    frame();
    if (!known.isLost) continue;
    Object.assign(known, { isLost: false, from: stream.snapshot() });
    for (const each of components) if (each.isMounted) each.render();
  }
  await vi.advanceTimersByTimeAsync(0);
  const rows = foldRows(stream.published);
  for (const { part, shown } of components.filter(({ isMounted }) => isMounted)) {
    expect({ seed, part, shown }).toEqual({ seed, part, shown: wantedOf(rows, part) });
  }
  dispose();
}

it('states of a line are in the end what a fold of all publications is', async () => {
  for (let seed = 1; seed <= WALKS; seed++) await walk(seed);
}, 60_000);
