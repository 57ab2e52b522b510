import { afterEach, beforeEach, vi } from 'vitest';
import { Batch } from '../../js/src/core/batch.js';
import { defineLine } from '../../js/src/core/lineDefinition.js';
import type { LineStates } from '../../js/src/core/lineStates.js';
import { openStates } from '../../js/src/core/liveStates.js';
import { collection, document, latest, log, reduce } from '../../js/src/core/stateDefinition.js';
import { Streams } from '../../js/src/core/streams.js';
import { FakeCoreStates } from './fakeCoreStates.js';

export interface Row {
  readonly id: string;
  readonly price?: number;
  readonly op?: string;
}

export const LINGER = 500;

export const board = defineLine('ws://host/', {
  state: {
    rows: collection<Row>({ stream: 'rows', key: '/id', remove: { '/op': 'delete' }, maxRows: 5 }),
    chat: log<string>({ stream: 'chat' }),
    price: latest<{ at: { v: number }; of: { name: string } }>({ stream: 'price' }),
    order: document<Record<string, unknown>>({ stream: 'order', patch: 'merge-patch' }),
    sum: reduce((sum: number, more: readonly number[]) => more.reduce((a, b) => a + b, sum), 0, {
      stream: 'sum',
    }),
  },
});

/** Animation frames that come when a test says so, and a clock that it plays. */
export function playedFrames() {
  const frames = new Set<() => void>();
  beforeEach(() => {
    frames.clear();
    vi.useFakeTimers();
    vi.stubGlobal('requestAnimationFrame', (task: () => void) => {
      frames.add(task);
      return task;
    });
    vi.stubGlobal('cancelAnimationFrame', (task: () => void) => frames.delete(task));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
  const frame = () => {
    for (const task of [...frames]) {
      frames.delete(task);
      task();
    }
  };
  return { frames, frame };
}

/** Streams of a core that is not there. */
function playedStreams() {
  const asked = new Map<string, number>();
  const core = {
    subscribe: vi.fn((stream: string) => {
      asked.set(stream, asked.size + 1);
      return asked.get(stream);
    }),
    resubscribe: vi.fn(),
    unsubscribe: vi.fn(),
  };
  return { asked, core };
}

/** How many hold the line. */
function playedHolds() {
  const held = { count: 0 };
  const holdOpen = () => {
    held.count += 1;
    return () => {
      held.count -= 1;
    };
  };
  return { held, holdOpen };
}

/** States of `board` over a core and streams that a test plays. */
export function statesFixture() {
  let core: FakeCoreStates;
  let streams: Streams;
  let states: LineStates;
  const { frames, frame } = playedFrames();
  const { asked, core: coreStreams } = playedStreams();
  const { held, holdOpen } = playedHolds();
  const told = { error: vi.fn(), evicted: vi.fn(), lost: vi.fn(), resync: vi.fn() };
  beforeEach(() => {
    vi.clearAllMocks();
    asked.clear();
    held.count = 0;
    core = new FakeCoreStates();
    streams = new Streams(LINGER, { resync: told.resync, denied: vi.fn(), stopped: vi.fn() });
    states = openStates({
      lingerMs: LINGER,
      holdOpen,
      readStream: (...given) => streams.read(...given),
      lostState: told.lost,
      stateError: told.error,
      evicted: told.evicted,
    });
    states.started(core);
    streams.started(coreStreams);
  });
  afterEach(() => {
    states.dispose();
    streams.dispose();
  });

  /** The server's answer: everything after this offset follows. */
  const grant = (stream: string, offset = 0, epoch = 'e1') =>
    streams.subscribed(asked.get(stream) as number, [epoch, offset]);
  /** Publications up to this offset come in, all in one turn. */
  const publish = (stream: string, last: number, ...values: unknown[]) => {
    const bytes = new TextEncoder().encode(values.map((value) => JSON.stringify(value)).join());
    const batch = new Batch(bytes, values.length, ['e1', last], core.run(values));
    streams.published(asked.get(stream) as number, batch);
    states.settled();
  };
  /** The core traps, and the line goes on with another one. */
  const trap = () => {
    core.isStopped = true;
    states.stopped();
    streams.stopped();
  };
  const restart = () => {
    core = new FakeCoreStates();
    asked.clear();
    states.started(core);
    streams.started(coreStreams);
  };
  const now = { core: () => core, states: () => states, streams: () => streams };
  const played = { coreStreams, held, told, asked, frame, frames };
  return { ...now, ...played, grant, publish, trap, restart };
}
