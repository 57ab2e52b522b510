import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LineOptions } from '../../../js/src/core/lineOptions.js';
import { coreFixture } from '../../support/lineFixture.js';
import { nowhere } from '../../support/sessionUser.js';

const fixture = coreFixture();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  fixture.letGo();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** An opened line whose URL nobody says. */
function lineWith(options: LineOptions) {
  const url = vi.fn(nowhere);
  const made = fixture.lineWith(options, { url });
  made.line.open();
  return { ...made, url };
}

/** An opened line whose URL cannot be had: each attempt fails at once. */
function failingLine(options: LineOptions) {
  const url = vi.fn(() => {
    throw new Error('no');
  });
  const made = fixture.lineWith(options, { url });
  made.line.open();
  return { ...made, url };
}

const inTenSeconds = { reconnect: { minDelayMs: 10_000, baseDelayMs: 0 } };

describe("the core's clock", () => {
  it('lets a line wait as long as it said, and no longer', () => {
    const { url } = failingLine(inTenSeconds);
    vi.advanceTimersByTime(9_999);
    expect(url).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2);
    expect(url).toHaveBeenCalledTimes(2);
  });

  it('gives an attempt up when its time is over', () => {
    const { sink } = lineWith({ ...inTenSeconds, connectTimeoutMs: 3_000 });
    vi.advanceTimersByTime(2_999);
    expect(sink.status).toBe('connecting');
    vi.advanceTimersByTime(2);
    expect(sink.status).toBe('waiting');
    expect(sink.kinds).toEqual(['status', 'status', 'error', 'close']);
    expect(sink.of('close')).toMatchObject([{ code: 1006, wasClean: false }]);
  });

  it('waits out the longest delay that a timer takes', () => {
    const longest = { minDelayMs: 2_147_483_647, maxDelayMs: 2_147_483_647 };
    const { url } = failingLine({ reconnect: longest });
    vi.advanceTimersByTime(2_147_000_000);
    expect(url).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(483_649);
    expect(url).toHaveBeenCalledTimes(2);
  });

  it('sets one timer for a line, and none for one that has failed, is closed or gone', () => {
    const { line, sink, url } = lineWith(inTenSeconds);
    expect(vi.getTimerCount()).toBe(1);
    url.mockImplementationOnce(() => {
      throw new Error('no');
    });
    line.reconnect();
    expect(sink.status).toBe('waiting');
    expect(vi.getTimerCount()).toBe(1);
    line.close(undefined, '');
    expect(vi.getTimerCount()).toBe(0);
    url.mockReturnValueOnce('ftp://nowhere');
    line.reconnect();
    expect(sink.status).toBe('failed');
    expect(vi.getTimerCount()).toBe(0);
    line.reconnect();
    line.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  // Node rings up to a millisecond early. Firefox with resistFingerprinting shows a clock that is
  // up to 100 ms behind, Safari one of whole milliseconds: judged by it each alarm is early.
  it('sets its alarm again when it rang early by the clock', () => {
    const precise = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => Math.floor(precise() / 100) * 100);
    const { url } = failingLine({ reconnect: { minDelayMs: 150, baseDelayMs: 0 } });
    vi.advanceTimersByTime(1_000);
    expect(url.mock.calls.length).toBeGreaterThanOrEqual(2);
  });
});
