import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Batch } from '../../../js/src/core/batch.js';
import { Streams } from '../../../js/src/core/streams.js';

const listener = { resync: vi.fn(), denied: vi.fn(), stopped: vi.fn() };
let ids: number;
const core = { subscribe: vi.fn(() => ++ids), resubscribe: vi.fn(), unsubscribe: vi.fn() };
let streams: Streams;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  ids = 0;
  streams = new Streams(10, listener);
});
afterEach(() => vi.useRealTimers());

const batch = () => new Batch(new TextEncoder().encode('1'), 1, ['e1', 1]);
const read = (stream: string) => {
  const published = vi.fn();
  return { published, reader: streams.read(stream, { published }, null) };
};

describe('streams', () => {
  it('share one subscription by name, and publications find their way by number', () => {
    streams.started(core);
    const [a, b, other] = [read('a'), read('a'), read('b')];
    expect(core.subscribe.mock.calls).toEqual([
      ['a', null],
      ['b', null],
    ]);
    streams.subscribed(1, ['e1', 0]);
    streams.subscribed(2, ['e1', 0]);
    streams.published(1, batch());
    expect(a.published).toHaveBeenCalledOnce();
    expect(b.published).toHaveBeenCalledOnce();
    expect(other.published).not.toHaveBeenCalled();
  });

  it('that were asked for before there is a core are subscribed once there is', () => {
    read('a');
    read('b');
    streams.started(core);
    expect(core.subscribe).toHaveBeenCalledTimes(2);
  });

  it('tell of a gap and of a refusal by name', () => {
    streams.started(core);
    read('a');
    streams.subscribed(1, ['e1', 0]);
    streams.resync(1, ['e1', 9]);
    streams.denied(1, 4403, 'no');
    expect(listener.resync).toHaveBeenCalledExactlyOnceWith('a', ['e1', 9]);
    expect(listener.denied).toHaveBeenCalledExactlyOnceWith('a', 4403, 'no');
  });

  it('ignore what names a subscription that is no more', () => {
    streams.started(core);
    const { reader, published } = read('a');
    streams.subscribed(1, ['e1', 0]);
    reader.leave();
    vi.advanceTimersByTime(10);
    streams.published(1, batch());
    streams.subscribed(1, ['e1', 0]);
    streams.resync(1, ['e1', 9]);
    streams.denied(1, 0, '');
    streams.published(99, batch());
    expect(published).not.toHaveBeenCalled();
    expect(listener.resync).not.toHaveBeenCalled();
    read('a');
    expect(core.subscribe).toHaveBeenCalledTimes(2);
  });

  it('are subscribed under other numbers by the next core', () => {
    streams.started(core);
    const { published } = read('a');
    streams.subscribed(1, ['e1', 0]);
    streams.stopped();
    expect(listener.stopped).toHaveBeenCalledOnce();
    streams.published(1, batch());
    expect(published).not.toHaveBeenCalled();
    streams.started(core);
    streams.subscribed(2, ['e1', 0]);
    streams.published(2, batch());
    expect(published).toHaveBeenCalledOnce();
  });

  it('are not those that were let go, for whoever reads again when told of it', () => {
    streams.started(core);
    const published = vi.fn();
    const changed = vi.fn(() => void streams.read('a', { published }, null));
    streams.read('a', { published: () => {}, changed }, null);
    streams.dispose();
    expect(changed).toHaveBeenCalledExactlyOnceWith('idle');
    streams.started(core);
    streams.subscribed(2, ['e1', 0]);
    streams.published(2, batch());
    expect(published).toHaveBeenCalledOnce();
  });

  it('are all let go with the line', () => {
    streams.started(core);
    const { reader } = read('a');
    streams.dispose();
    expect(reader.status).toBe('idle');
    expect(listener.stopped).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
