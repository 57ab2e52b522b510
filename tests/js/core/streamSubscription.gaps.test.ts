import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StreamSubscription } from '../../../js/src/core/streamSubscription.js';
import { subscriptionFixture } from '../../support/subscriptionFixture.js';

// What a subscription does about gaps and refusals.

const fixture = subscriptionFixture();
const { core, owner, publish, read, readLive } = fixture;
let stream: StreamSubscription;

beforeEach(() => {
  stream = fixture.stream();
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

  it('is over at once for who has a newer snapshot at hand, and the others go on', () => {
    const now = readLive(null, ['e1', 5]);
    const seen: unknown[] = [];
    const reader = stream.read(
      {
        published: (batch) => seen.push(...batch.values()),
        changed: (status) => status === 'resync' && reader.renew(['e1', 49]),
      },
      ['e1', 5],
    );
    stream.resync(['e1', 50]);
    expect(core.resubscribe).toHaveBeenLastCalledWith(7, ['e1', 49]);
    stream.subscribed(['e1', 49]);
    expect([now.reader.status, reader.status]).toEqual(['live', 'live']);
    publish(50, 51);
    expect([now.seen, seen]).toEqual([
      [50, 51],
      [50, 51],
    ]);
    expect(owner.lost).toHaveBeenCalledOnce();
  });

  it('is not told to a reader that another one lets go of on hearing it', () => {
    const told = vi.fn();
    stream.start(core);
    stream.read({ published: () => {}, changed: () => second.leave() }, ['e1', 5]);
    const second = stream.read({ published: () => {}, changed: told }, ['e1', 5]);
    stream.resync(['e1', 50]);
    expect(second.status).toBe('idle');
    expect(told.mock.calls).toEqual([['idle']]);
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

  it('is asked for again by the next core, as on each connection', () => {
    const { reader } = readLive(['e1', 5]);
    stream.denied(4403, 'no');
    stream.stop();
    stream.start(core);
    expect(core.subscribe.mock.calls).toEqual([
      ['board', ['e1', 5]],
      ['board', ['e1', 5]],
    ]);
    stream.subscribed(['e1', 5]);
    expect(reader.status).toBe('live');
  });
});
