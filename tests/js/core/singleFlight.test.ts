import { describe, expect, it, vi } from 'vitest';
import { singleFlight } from '../../../js/src/core/singleFlight.js';
import { uncaught } from '../../support/uncaught.js';

describe('singleFlight', () => {
  it('joins the run of the same function that is under way', async () => {
    let finish = (_: string): void => {};
    const task = vi.fn(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const runs = [singleFlight(task), singleFlight(task), singleFlight(task)];
    expect(task).toHaveBeenCalledOnce();
    finish('new');
    expect(await Promise.all(runs)).toEqual(['new', 'new', 'new']);
  });

  it('does not join a run that hangs', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const task = vi.fn<() => unknown>(() => 'fine');
    task.mockReturnValueOnce(new Promise(() => {}));
    void singleFlight(task);
    vi.advanceTimersByTime(9_999);
    void singleFlight(task);
    expect(task).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1);
    expect(await singleFlight(task)).toBe('fine');
    vi.useRealTimers();
  });

  it('runs another function on its own', async () => {
    const [first, second] = [vi.fn(() => 1), vi.fn(() => 2)];
    expect(await Promise.all([singleFlight(first), singleFlight(second)])).toEqual([1, 2]);
  });

  it('runs anew once the run before has ended, well or not', async () => {
    const task = vi.fn<() => unknown>(() => 'fine');
    task.mockRejectedValueOnce(new Error('offline'));
    await expect(singleFlight(task)).rejects.toThrow('offline');
    expect(await singleFlight(task)).toBe('fine');
    expect(await singleFlight(task)).toBe('fine');
    expect(task).toHaveBeenCalledTimes(3);
  });

  it('rejects for each who joined when the function throws, and leaves no rejection', async () => {
    const thrower = () => {
      throw new Error('at once');
    };
    const errors = await uncaught(async () => {
      const runs = [singleFlight(thrower), singleFlight(thrower)];
      for (const run of runs) await expect(run).rejects.toThrow('at once');
    });
    expect(errors).toEqual([]);
  });
});
