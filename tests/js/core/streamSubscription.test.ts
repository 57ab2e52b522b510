import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StreamSubscription } from '../../../js/src/core/streamSubscription.js';
import { LINGER, type Read, subscriptionFixture } from '../../support/subscriptionFixture.js';

const fixture = subscriptionFixture();
const { core, owner, publish, read, readLive } = fixture;
let stream: StreamSubscription;

beforeEach(() => {
  stream = fixture.stream();
});

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

  it('is not refused by a core that has stopped: the next one is asked', () => {
    core.subscribe.mockReturnValueOnce(undefined);
    stream.start(core);
    const { reader } = read(['e1', 5]);
    expect(owner.refused).not.toHaveBeenCalled();
    expect(stream.id).toBe(0);
    stream.stop();
    stream.start(core);
    expect(core.subscribe.mock.calls).toEqual([
      ['board', ['e1', 5]],
      ['board', ['e1', 5]],
    ]);
    expect(reader.status).toBe('subscribing');
  });

  it('asked for anew by who hears of a run takes the rest of the frame for what it is', () => {
    const later: Read[] = [];
    stream.start(core);
    const seen: unknown[] = [];
    const published = (batch: { values(): readonly unknown[] }) => {
      seen.push(...batch.values());
      if (later.length === 0) later.push(read(['e1', 1]), read(['e1', 3]));
    };
    stream.read({ published }, ['e1', 5]);
    stream.subscribed(['e1', 5]);
    publish(6, 7);
    publish(8, 9);
    expect(core.resubscribe.mock.calls).toEqual([[7, ['e1', 1]]]);
    // The history does not reach that far back, which is the matter of those two alone.
    stream.resync(['e1', 9]);
    expect(core.resubscribe).toHaveBeenLastCalledWith(7, ['e1', 7]);
    stream.subscribed(['e1', 7]);
    publish(8, 10);
    expect(seen).toEqual([6, 7, 8, 9, 10]);
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
