import { afterEach, describe, expect, it, vi } from 'vitest';
import { afterThisTask, epochOf, isBrowser, TaskPoster } from '../../../js/src/core/host.js';
import { turns, until } from '../../support/until.js';

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

describe('TaskPoster', () => {
  it('runs the task once for each post, never at once', async () => {
    const task = vi.fn();
    const poster = new TaskPoster(task);
    poster.post();
    poster.post();
    await Promise.resolve();
    expect(task).not.toHaveBeenCalled();
    await until(() => task.mock.calls.length === 2, 'both have run');
    poster.close();
  });

  it('runs nothing that was posted before it was closed, and works again after', async () => {
    const task = vi.fn();
    const poster = new TaskPoster(task);
    poster.post();
    poster.close();
    await turns();
    expect(task).not.toHaveBeenCalled();
    poster.post();
    await until(() => task.mock.calls.length === 1, 'it has run');
    poster.close();
    poster.close();
  });
});
