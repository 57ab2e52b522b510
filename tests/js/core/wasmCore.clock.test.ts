import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Core, CoreLine } from '../../../js/src/core/core.js';
import { type LineOptions, resolveOptions } from '../../../js/src/core/options.js';
import { startCore } from '../../../js/src/core/wasmCore.js';
import { coreModule } from '../../support/coreModule.js';
import { RecordingSink } from '../../support/recordingSink.js';

let core: Core;
let lines: CoreLine[];

beforeEach(async () => {
  core = await startCore({ wasmModule: await coreModule() }, undefined, () => {});
  lines = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  for (const line of lines) line.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A line whose URL nobody says. */
function lineWith(options: LineOptions): { line: CoreLine; sink: RecordingSink } {
  const sink = new RecordingSink(null);
  const line = core.createLine({ ...resolveOptions(options), binaryType: 'blob' }, sink);
  sink.line = line;
  lines.push(line);
  line.open();
  return { line, sink };
}

/** Lets the newest attempt fail. */
function fail({ line, sink }: { line: CoreLine; sink: RecordingSink }): void {
  line.urlFailed(sink.of('url').at(-1)?.socket ?? 0, new Error('no'));
}

const inTenSeconds = { reconnect: { minDelayMs: 10_000, baseDelayMs: 0 } };

describe("the core's clock", () => {
  it('lets a line wait as long as it said, and no longer', () => {
    const made = lineWith(inTenSeconds);
    fail(made);
    vi.advanceTimersByTime(9_999);
    expect(made.sink.of('url')).toHaveLength(1);
    vi.advanceTimersByTime(2);
    expect(made.sink.of('url')).toHaveLength(2);
  });

  it('gives an attempt up when its time is over', () => {
    const { sink } = lineWith({ ...inTenSeconds, connectTimeoutMs: 3_000 });
    vi.advanceTimersByTime(2_999);
    expect(sink.status).toBe('connecting');
    vi.advanceTimersByTime(2);
    expect(sink.status).toBe('waiting');
    expect(sink.kinds).toEqual(['status', 'url', 'status', 'error', 'close']);
    expect(sink.of('close')).toMatchObject([{ code: 1006, wasClean: false }]);
  });

  it('waits out the longest delay that a timer takes', () => {
    const made = lineWith({ reconnect: { minDelayMs: 2_147_483_647, maxDelayMs: 2_147_483_647 } });
    fail(made);
    vi.advanceTimersByTime(2_147_000_000);
    expect(made.sink.of('url')).toHaveLength(1);
    vi.advanceTimersByTime(483_649);
    expect(made.sink.of('url')).toHaveLength(2);
  });

  it('sets one timer for a line, and none for one that has failed, is closed or gone', () => {
    const made = lineWith(inTenSeconds);
    expect(vi.getTimerCount()).toBe(1);
    fail(made);
    expect(vi.getTimerCount()).toBe(1);
    made.line.close(undefined, '');
    expect(vi.getTimerCount()).toBe(0);
    made.line.reconnect();
    made.line.urlReady(made.sink.of('url').at(-1)?.socket ?? 0, 'ftp://nowhere');
    expect(made.sink.status).toBe('failed');
    expect(vi.getTimerCount()).toBe(0);
    made.line.reconnect();
    made.line.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  // Node rings up to a millisecond early. Firefox with resistFingerprinting shows a clock that is
  // up to 100 ms behind, Safari one of whole milliseconds: judged by it each alarm is early.
  it('sets its alarm again when it rang early by the clock', () => {
    const precise = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => Math.floor(precise() / 100) * 100);
    const made = lineWith({ reconnect: { minDelayMs: 150, baseDelayMs: 0 } });
    fail(made);
    vi.advanceTimersByTime(1_000);
    expect(made.sink.of('url')).toHaveLength(2);
  });
});
