import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  afterThisTask,
  epochOf,
  isBrowser,
  lineNow,
  TaskPoster,
} from '../../../js/src/core/host.js';
import { turn, turns, until } from '../../support/until.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('isBrowser', () => {
  it('is false on a server and true where there is a document', () => {
    expect(isBrowser()).toBe(false);
    vi.stubGlobal('document', {});
    expect(isBrowser()).toBe(true);
  });
});

describe('epochOf', () => {
  it("puts the core's clock and the calendar together", () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.setSystemTime(1_700_000_000_000);
    expect(epochOf(lineNow() + 1_500)).toBe(1_700_000_001_500);
    expect(Number.isInteger(epochOf(0.25))).toBe(true);
  });
});

describe('lineNow', () => {
  let start: number;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.setSystemTime(1_700_000_000_000);
    start = lineNow();
  });

  /** As if the wall clock went on by that much and the other one stood still. */
  function turnWallClock(byMs: number): void {
    vi.setSystemTime(Date.now() + byMs);
  }

  it('goes with the steady clock', () => {
    vi.advanceTimersByTime(250);
    expect(lineNow() - start).toBe(250);
  });

  it('counts the time that the machine slept for, during which the steady clock stood', () => {
    turnWallClock(3_600_000);
    expect(lineNow() - start).toBe(3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(lineNow() - start).toBe(3_601_000);
  });

  it('does not count a sleep twice where the steady clock went on', () => {
    vi.advanceTimersByTime(3_600_000);
    expect(lineNow() - start).toBe(3_600_000);
  });

  it('takes no notice of a wall clock that drifts or is corrected a little', () => {
    for (let i = 0; i < 10; i++) {
      turnWallClock(2_000);
      lineNow();
    }
    expect(lineNow() - start).toBe(0);
  });

  it('never goes back when the wall clock is set back, nor stands still after it', () => {
    turnWallClock(-3_600_000);
    expect(lineNow() - start).toBe(0);
    vi.advanceTimersByTime(500);
    expect(lineNow() - start).toBe(500);
  });

  it('never goes back however the wall clock is set', () => {
    let before = start;
    for (const by of [10_000, -10_000, 5_000, -86_400_000, 86_400_000, 1, -1]) {
      turnWallClock(by);
      vi.advanceTimersByTime(1);
      const now = lineNow();
      expect(now).toBeGreaterThanOrEqual(before + 1);
      before = now;
    }
  });

  it('is put together with the calendar after a sleep as before', () => {
    turnWallClock(3_600_000);
    expect(epochOf(lineNow() + 100)).toBe(1_700_003_600_100);
  });
});

describe('afterThisTask', () => {
  it('waits for the present task and its microtasks', async () => {
    const order: string[] = [];
    afterThisTask(() => order.push('later'));
    Promise.resolve().then(() => Promise.resolve().then(() => order.push('microtask')));
    order.push('now');
    await until(() => order.length === 3, 'all have run');
    expect(order).toEqual(['now', 'microtask', 'later']);
  });

  it('can wait for longer', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const task = vi.fn();
    afterThisTask(task, 500);
    vi.advanceTimersByTime(499);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(task).toHaveBeenCalledOnce();
  });

  it('can be taken back', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const task = vi.fn();
    afterThisTask(task)();
    vi.runAllTimers();
    expect(task).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe.each([
  ['setImmediate', false],
  ['a MessageChannel', true],
])('TaskPoster by %s', (_, isBrowserLike) => {
  beforeEach(() => {
    if (isBrowserLike) vi.stubGlobal('setImmediate', undefined);
  });

  it('runs the task once for each post, never at once', async () => {
    const task = vi.fn();
    const poster = new TaskPoster(task);
    poster.post();
    poster.post();
    await Promise.resolve();
    expect(task).not.toHaveBeenCalled();
    await until(() => task.mock.calls.length === 2, 'both have run');
    await turns();
    expect(task).toHaveBeenCalledTimes(2);
    poster.close();
  });

  it('works again after it was closed, however often', async () => {
    const task = vi.fn();
    const poster = new TaskPoster(task);
    poster.close();
    poster.post();
    await until(() => task.mock.calls.length === 1, 'it has run');
    poster.close();
    poster.close();
    poster.post();
    await until(() => task.mock.calls.length === 2, 'it has run again');
    poster.close();
  });
});

describe('TaskPoster', () => {
  const ports = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort');

  it('lets what others schedule by setImmediate have its turn between its tasks', async () => {
    let runCount = 0;
    const poster = new TaskPoster(() => {
      runCount += 1;
      if (runCount < 100) poster.post();
    });
    poster.post();
    for (let i = 0; i < 10; i++) {
      await turn();
      expect(runCount).toBeLessThanOrEqual(i + 2);
    }
    await until(() => runCount === 100, 'all have run');
  });

  it('opens no port where there is setImmediate, and still runs what it posted', async () => {
    const channel = vi.fn();
    vi.stubGlobal('MessageChannel', channel);
    const task = vi.fn();
    const poster = new TaskPoster(task);
    poster.post();
    poster.close();
    await turns();
    expect(task).toHaveBeenCalledOnce();
    expect(channel).not.toHaveBeenCalled();
  });

  it('by a MessageChannel runs nothing that was posted before it was closed', async () => {
    vi.stubGlobal('setImmediate', undefined);
    const task = vi.fn();
    const poster = new TaskPoster(task);
    poster.post();
    poster.close();
    await turns();
    expect(task).not.toHaveBeenCalled();
    poster.post();
    await until(() => task.mock.calls.length === 1, 'it has run');
    poster.close();
  });

  it('by a MessageChannel keeps one port while open and none when closed', async () => {
    vi.stubGlobal('setImmediate', undefined);
    const before = ports().length;
    const poster = new TaskPoster(() => {});
    poster.post();
    const open = ports().length;
    expect(open).toBeGreaterThan(before);
    poster.post();
    expect(ports().length).toBe(open);
    poster.close();
    await until(() => ports().length <= before, 'its ports are closed');
  });
});
