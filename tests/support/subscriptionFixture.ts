import { afterEach, beforeEach, vi } from 'vitest';
import { Batch } from '../../js/src/core/batch.js';
import type { Position } from '../../js/src/core/position.js';
import type { StreamReader } from '../../js/src/core/streamReader.js';
import { StreamSubscription } from '../../js/src/core/streamSubscription.js';

export const LINGER = 500;

export interface Read {
  readonly reader: StreamReader;
  readonly seen: unknown[];
}

/** A subscription to `board`, made anew for each test, under 7 in a core that is not there. */
export function subscriptionFixture() {
  const core = { subscribe: vi.fn(), resubscribe: vi.fn(), unsubscribe: vi.fn() };
  const owner = { numbered: vi.fn(), ended: vi.fn(), lost: vi.fn(), refused: vi.fn() };
  let stream: StreamSubscription;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.resetAllMocks();
    core.subscribe.mockReturnValue(7);
    stream = new StreamSubscription('board', LINGER, owner);
  });
  afterEach(() => vi.useRealTimers());

  /** Publications `first` to `last`, each its own offset. */
  function publish(first: number, last: number, epoch = 'e1'): void {
    const offsets = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const bytes = new TextEncoder().encode(offsets.join());
    stream.published(new Batch(bytes, offsets.length, [epoch, last]));
  }

  function read(at: Position | null = null): Read {
    const seen: unknown[] = [];
    const reader = stream.read({ published: (batch) => seen.push(...batch.values()) }, at);
    return { reader, seen };
  }

  /** A reader that is live at this offset. */
  function readLive(at: Position | null, known: Position = ['e1', 0]): Read {
    stream.start(core);
    const both = read(at);
    stream.subscribed(at ?? known);
    return both;
  }

  return { core, owner, stream: () => stream, publish, read, readLive };
}
