import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterThisTask, epochOf, isBrowser, TaskPoster } from '../../../js/src/core/host.js';
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
    expect(epochOf(performance.now() + 1_500)).toBe(1_700_000_001_500);
    expect(Number.isInteger(epochOf(0.25))).toBe(true);
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
