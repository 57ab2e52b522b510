// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import type { MountedHook } from '../../support/mountHook.js';
import { uncaught } from '../../support/uncaught.js';

// `reconnectInterval` as a function: the application chooses each wait.

failOnComplaints();
const { network, use, useOpen, pass } = scriptedHookFixture();

/** Lets the attempt that comes next fail, and says when it came. */
async function failsAfter(hook: MountedHook, ms: number): Promise<void> {
  await hook.becomes('waiting');
  const made = network().sockets.length;
  await pass(ms - 1);
  expect(network().sockets).toHaveLength(made);
  await pass(2); // the clock of the core counts whole milliseconds
  expect(network().sockets).toHaveLength(made + 1);
  await hook.becomes('connecting');
  network().newest.fail();
}

describe('a function as reconnectInterval', () => {
  it('is asked before each wait, from 0 on, and says how long it is', async () => {
    const reconnectInterval = vi.fn((attempt: number) => Math.min(2 ** attempt * 1_000, 3_000));
    const hook = await useOpen({ reconnectInterval });
    network().newest.end(1006);
    await hook.becomes('waiting');
    expect(hook.now).toMatchObject({ attempt: 1, retryAt: Date.now() + 1_000 });
    for (const ms of [1_000, 2_000, 3_000, 3_000]) await failsAfter(hook, ms);
    await hook.becomes('waiting');
    expect(hook.now.attempt).toBe(5);
    expect(reconnectInterval.mock.calls).toEqual([[0], [1], [2], [3], [4]]);
  });

  it('begins at 0 again once the line was stable, and not before', async () => {
    const reconnectInterval = vi.fn(() => 10);
    const hook = await useOpen({ reconnectInterval, reconnect: { stableAfterMs: 1_000 } });
    for (const openMs of [0, 999, 1_000, 0]) {
      await pass(openMs);
      network().newest.end(1006);
      await hook.becomes('waiting');
      await pass(11);
      network().newest.accept();
      await hook.becomes('open');
    }
    expect(reconnectInterval.mock.calls).toEqual([[0], [1], [0], [1]]);
  });

  it('ends with reconnectAttempts; reconnect() starts anew', async () => {
    const onReconnectStop = vi.fn();
    const options = { reconnectInterval: () => 10, reconnectAttempts: 2, onReconnectStop };
    const hook = await useOpen(options);
    network().newest.end(1006);
    for (let i = 0; i < 2; i++) await failsAfter(hook, 10);
    await hook.becomes('failed');
    expect(hook.now).toMatchObject({ reason: 'attempts', attempt: 2, retryAt: null });
    expect(hook.now.error?.message).toContain('last retry');
    expect(onReconnectStop).toHaveBeenCalledExactlyOnceWith(2);
    await pass(3_600_000);
    expect(network().sockets).toHaveLength(3);
    hook.now.reconnect();
    await pass(0);
    network().newest.accept();
    await hook.becomes('open');
    network().newest.end(1006);
    await failsAfter(hook, 10);
  });

  it('counts with the newest function, and is not asked after a close that is final', async () => {
    const hook = await useOpen({ reconnectInterval: () => 1_000 });
    hook.render({ options: { reconnectInterval: () => 50 } });
    expect(network().sockets).toHaveLength(1);
    network().newest.end(1006);
    await failsAfter(hook, 50);
    await hook.becomes('waiting');
    hook.now.close();
    await hook.becomes('closed');
    await pass(3_600_000);
    expect(network().sockets).toHaveLength(2);
  });

  it('waits as long as the server asks for, if that is longer', async () => {
    const hook = await useOpen({ reconnectInterval: () => 1_000 });
    network().newest.end(1013, '{"retryAfterMs":60000}');
    await hook.becomes('waiting');
    expect(hook.now.retryAt).toBeGreaterThanOrEqual(Date.now() + 60_000);
  });

  it('keeps what went wrong to be seen until the line is open again', async () => {
    const url = () => Promise.reject(new Error('no token'));
    const hook = use({ url, options: { reconnectInterval: () => 10 } });
    await pass(0);
    await hook.becomes('waiting');
    expect(hook.now.error?.message).toContain('no token');
    await pass(10);
    expect(hook.now.error?.message).toContain('no token');
  });

  it('lets go of its timer on unmount', async () => {
    const hook = await useOpen({ reconnectInterval: () => 50 });
    network().newest.end(1006);
    await hook.becomes('waiting');
    hook.unmount();
    await pass(1_000);
    expect(network().sockets).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['is no number', () => undefined as unknown as number],
    ['is below 0', () => -1],
    ['is null', () => null as unknown as number],
    [
      'is thrown instead',
      () => {
        throw new Error('no');
      },
    ],
  ])(
    "whose answer %s is reported, and the wait is the line's own",
    async (_, reconnectInterval) => {
      const hook = await useOpen({ reconnectInterval });
      const errors = await uncaught(async () => {
        network().newest.end(1006);
        await hook.becomes('waiting');
      });
      expect(errors).toHaveLength(1);
      const wait = (hook.now.retryAt ?? 0) - Date.now();
      expect([wait >= 1_000, wait <= 2_000]).toEqual([true, true]);
    },
  );

  it.each(['reconnect', 'close and reconnect'])('is asked anew after %s()', async (what) => {
    const reconnectInterval = vi.fn(() => 60_000);
    const hook = await useOpen({ reconnectInterval });
    network().newest.end(1006);
    await hook.becomes('waiting');
    if (what !== 'reconnect') hook.now.close();
    hook.now.reconnect();
    await pass(0);
    network().newest.fail();
    await hook.becomes('waiting');
    expect(reconnectInterval.mock.calls).toEqual([[0], [0]]);
    expect(hook.now.retryAt).toBe(Date.now() + 60_000);
  });

  it('is not asked where no attempt follows', async () => {
    const reconnectInterval = vi.fn(() => 10);
    const hook = await useOpen({ reconnectInterval, shouldReconnect: () => false });
    network().newest.end(1006);
    await hook.becomes('closed');
    expect(reconnectInterval).not.toHaveBeenCalled();
  });

  it('leaves the first attempt as it is', async () => {
    const reconnectInterval = vi.fn(() => 10);
    use({ options: { reconnectInterval } });
    await pass(0);
    expect(network().sockets).toHaveLength(1);
    expect(reconnectInterval).not.toHaveBeenCalled();
  });

  it('is brought forward by the page, like any wait', async () => {
    const hook = await useOpen({ reconnectInterval: () => 60_000 });
    network().newest.end(1006);
    await hook.becomes('waiting');
    await pass(10_000); // not about the loss any more
    window.dispatchEvent(new Event('online'));
    await pass(300);
    expect(network().sockets).toHaveLength(2);
    network().newest.accept();
    await hook.becomes('open');
    await pass(60_000);
    expect(network().sockets).toHaveLength(2);
  });
});
