import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';
import type { Position } from '../../../js/src/core/position.js';
import { StreamSubscription } from '../../../js/src/core/streamSubscription.js';

const LINGER = 500;
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

function read(at: Position | null = null) {
  const seen: unknown[] = [];
  const reader = stream.read({ published: (batch) => seen.push(...batch.values()) }, at);
  return { reader, seen };
}

/** A reader that is live at this offset. */
function readLive(at: Position | null, known: Position = ['e1', 0]) {
  stream.start(core);
  const both = read(at);
  stream.subscribed(at ?? known);
  return both;
}

describe('a subscription', () => {
  it('is asked for by its first reader, from where that one stands, and by no other', () => {
    stream.start(core);
    read(['e1', 5]);
    read(['e1', 5]);
    read();
    expect(core.subscribe).toHaveBeenCalledExactlyOnceWith('board', ['e1', 5]);
    expect(core.resubscribe).not.toHaveBeenCalled();
    expect(owner.numbered).toHaveBeenCalledExactlyOnceWith(stream, 0);
  });

  it('waits for a core, and is asked for then', () => {
    const { reader } = read(['e1', 5]);
    expect(reader.status).toBe('subscribing');
    stream.start(core);
    expect(core.subscribe).toHaveBeenCalledExactlyOnceWith('board', ['e1', 5]);
  });

  it('is asked for anew from further back for a reader that needs it; nobody gets a double', () => {
    const a = readLive(['e1', 5]);
    publish(6, 9);
    const b = read(['e1', 7]);
    expect(core.resubscribe).toHaveBeenCalledExactlyOnceWith(7, ['e1', 7]);
    stream.subscribed(['e1', 7]);
    publish(8, 10);
    expect([a.seen, b.seen]).toEqual([
      [6, 7, 8, 9, 10],
      [8, 9, 10],
    ]);
  });

  it('gives a reader with a later snapshot only what comes after it', () => {
    readLive(['e1', 5]);
    const { seen } = read(['e1', 8]);
    expect(core.resubscribe).not.toHaveBeenCalled();
    publish(6, 9);
    expect(seen).toEqual([9]);
  });

  it('goes on in the next core from where it was known', () => {
    readLive(['e1', 5]);
    publish(6, 9);
    stream.stop();
    core.subscribe.mockReturnValueOnce(8);
    stream.start(core);
    expect(core.subscribe).toHaveBeenLastCalledWith('board', ['e1', 9]);
    expect(stream.id).toBe(8);
  });

  it('is not numbered when the core stops on the way', () => {
    core.subscribe.mockImplementationOnce(() => {
      stream.stop();
      return 7;
    });
    stream.start(core);
    read();
    expect(stream.id).toBe(0);
  });

  it('is refused when there are too many', () => {
    core.subscribe.mockReturnValue(0);
    stream.start(core);
    const { reader } = read();
    expect(owner.refused).toHaveBeenCalledExactlyOnceWith(
      'board',
      0,
      'the line has as many streams as it may have',
    );
    expect(reader.status).toBe('denied');
  });
});

describe('a resync', () => {
  it('goes on from now for those who began from now, and is told of once', () => {
    const [a, b] = [readLive(null), read()];
    publish(1, 2);
    stream.resync(['e1', 50]);
    expect(core.resubscribe).toHaveBeenCalledExactlyOnceWith(7, null);
    stream.subscribed(['e1', 50]);
    publish(51, 51);
    expect([a.seen, b.seen]).toEqual([
      [1, 2, 51],
      [1, 2, 51],
    ]);
    expect(owner.lost).toHaveBeenCalledExactlyOnceWith('board', ['e1', 50]);
  });

  it('is waited out by those who began from a snapshot; the newer one begins anew', () => {
    const { reader, seen } = readLive(['e1', 5]);
    stream.resync(['e1', 50]);
    expect(core.resubscribe).not.toHaveBeenCalled();
    expect(reader.status).toBe('resync');
    reader.renew(['e1', 49]);
    expect(core.resubscribe).toHaveBeenCalledExactlyOnceWith(7, ['e1', 49]);
    stream.subscribed(['e1', 49]);
    publish(50, 51);
    expect(seen).toEqual([50, 51]);
    expect(owner.lost).toHaveBeenCalledOnce();
  });

  it('of a snapshot that is too old leaves the others where they were', () => {
    const a = readLive(null, ['e1', 100]);
    publish(101, 102);
    const b = read(['e1', 1]);
    stream.resync(['e1', 103]);
    expect(core.resubscribe.mock.calls).toEqual([
      [7, ['e1', 1]],
      [7, ['e1', 102]],
    ]);
    expect([a.reader.status, b.reader.status]).toEqual(['live', 'resync']);
    stream.subscribed(['e1', 102]);
    publish(103, 103);
    expect(a.seen).toEqual([101, 102, 103]);
    expect(owner.lost).toHaveBeenCalledOnce();
  });

  it('is nobody’s when nobody reads: the subscription ends', () => {
    const { reader } = readLive(null);
    reader.leave();
    stream.resync(['e1', 50]);
    expect(core.unsubscribe).toHaveBeenCalledExactlyOnceWith(7);
    expect(owner.lost).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is seen as well where the server goes on in another epoch, or further on', () => {
    const { reader } = readLive(['e1', 5]);
    const now = read();
    stream.subscribed(['e2', 3]);
    expect(reader.status).toBe('resync');
    expect(now.reader.status).toBe('live');
    expect(owner.lost).toHaveBeenCalledExactlyOnceWith('board', ['e2', 3]);
  });
});

describe('a refusal', () => {
  it('is told to all readers; a new one asks again', () => {
    const { reader } = readLive(null);
    stream.denied(4403, 'no');
    stream.denied(4403, 'on the next connection');
    expect(reader.status).toBe('denied');
    expect(owner.refused).toHaveBeenCalledExactlyOnceWith('board', 4403, 'no');
    read();
    expect(core.resubscribe).toHaveBeenCalledExactlyOnceWith(7, null);
    stream.subscribed(['e1', 0]);
    expect(reader.status).toBe('live');
  });
});

describe('the last reader', () => {
  it('leaves the subscription for lingerMs', () => {
    const { reader } = readLive(null);
    reader.leave();
    vi.advanceTimersByTime(LINGER - 1);
    expect(core.unsubscribe).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(core.unsubscribe).toHaveBeenCalledExactlyOnceWith(7);
    expect(owner.ended).toHaveBeenCalledExactlyOnceWith(stream);
  });

  it('is followed by another one within that time, without a word to the server', () => {
    const { reader } = readLive(null);
    reader.leave();
    publish(1, 3);
    const next = read();
    vi.advanceTimersByTime(LINGER * 2);
    expect(next.reader.status).toBe('live');
    publish(4, 4);
    expect(next.seen).toEqual([4]);
    expect([core.unsubscribe.mock.calls, core.resubscribe.mock.calls]).toEqual([[], []]);
  });

  it('is none any more once the line is gone', () => {
    const { reader } = readLive(null);
    stream.dispose();
    expect(reader.status).toBe('idle');
    reader.leave();
    expect(vi.getTimerCount()).toBe(0);
  });
});
