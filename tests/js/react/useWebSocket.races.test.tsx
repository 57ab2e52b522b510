// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { until } from '../../support/until.js';

// A component that changes or goes in the midst of something.

failOnComplaints();
const { network, use, useOpen, useConnecting, pass } = scriptedHookFixture();
const callbacks = () => {
  const heard: string[] = [];
  const note = ({ type }: Event) => void heard.push(type);
  return { heard, onOpen: note, onMessage: note, onError: note, onClose: note };
};

describe('another URL', () => {
  it('while connecting detaches the old socket, and nothing of it is heard', async () => {
    const { heard, ...events } = callbacks();
    const hook = await useConnecting({ options: events });
    const [old] = network().sockets;
    hook.render({ url: 'ws://host/other' });
    await until(() => network().sockets.length === 2, 'the other socket is made');
    expect(old?.closedWith).not.toBeNull();
    old?.accept();
    old?.say('too late');
    old?.fail();
    network().settle();
    expect(heard).toEqual([]);
    network().newest.accept();
    await hook.becomes('open');
    expect(network().newest.url).toBe('ws://host/other');
    expect(network().live).toEqual([network().newest]);
    expect(heard).toEqual(['open']);
  });

  it('during the wait cancels the old retry', async () => {
    const hook = await useOpen({ reconnect: { minDelayMs: 10_000, baseDelayMs: 0 } });
    network().newest.fail();
    await hook.becomes('waiting');
    hook.render({ url: 'ws://host/other' });
    await until(() => network().sockets.length === 2, 'the other socket is made');
    network().newest.accept();
    await hook.becomes('open');
    await pass(60_000);
    expect(network().sockets.map(({ url }) => url)).toEqual(['ws://host/', 'ws://host/other']);
  });

  it('while the old one is still to be said ignores what is said late', async () => {
    const answers: ((url: string) => void)[] = [];
    const url = () => new Promise<string>((resolve) => void answers.push(resolve));
    const hook = use({ url });
    await until(() => answers.length === 1, 'the URL is asked for');
    hook.render({ url: 'ws://host/other' });
    answers[0]?.('ws://host/late');
    await until(() => network().sockets.length === 1, 'a socket is made');
    network().newest.accept();
    await hook.becomes('open');
    await pass(60_000);
    expect(network().sockets.map((socket) => socket.url)).toEqual(['ws://host/other']);
  });
});

describe('unmounting', () => {
  it('while connecting leaves no half-open socket, and no timer', async () => {
    const { heard, ...events } = callbacks();
    const hook = await useConnecting({ options: events });
    hook.unmount();
    await pass(1);
    network().newest.accept();
    expect(network().newest.closedWith).toMatchObject({ code: 1000 });
    expect(network().live).toEqual([]);
    await pass(600_000);
    expect(network().sockets).toHaveLength(1);
    expect(heard).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('during the wait leaves no retry', async () => {
    const hook = await useOpen();
    network().newest.fail();
    await hook.becomes('waiting');
    hook.unmount();
    await pass(600_000);
    expect(network().sockets).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('while the credentials are being renewed makes no socket when they are', async () => {
    let finish = (): void => {};
    const refresh = () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      });
    const hook = await useOpen({ auth: { refresh } });
    network().newest.end(4401);
    await hook.becomes('connecting');
    hook.unmount();
    await pass(1);
    finish();
    await pass(60_000);
    expect(network().sockets).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['onOpen', 'onMessage', 'onClose'] as const)('within %s leaves nothing', async (type) => {
    const hook = await useConnecting({ options: { [type]: () => hook.unmount() } });
    network().newest.accept();
    await pass(0);
    if (type !== 'onOpen') network().newest.say('x');
    if (type === 'onClose') network().newest.fail();
    await pass(600_000);
    expect(network().sockets).toHaveLength(1);
    expect(network().live).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('attempts', () => {
  it('grow in number with a server that accepts and drops, until a line was stable', async () => {
    const hook = await useOpen({ reconnectInterval: 1_000, reconnect: { stableAfterMs: 5_000 } });
    for (const attempt of [1, 2, 3]) {
      network().newest.fail();
      await hook.becomes('waiting');
      expect(hook.now.attempt).toBe(attempt);
      await pass(1_001);
      network().newest.accept();
      await hook.becomes('open');
    }
    await pass(5_001);
    network().newest.fail();
    await hook.becomes('waiting');
    expect(hook.now.attempt).toBe(1);
  });

  it('stay within their budget, even when the application asks in a loop', async () => {
    const budget = { attempts: 10, windowMs: 10_000 };
    const hook = await useOpen({ reconnect: { budget } });
    for (let i = 0; i < 100; i++) {
      hook.now.reconnect();
      await pass(100);
    }
    expect(network().sockets.length).toBeLessThanOrEqual(11);
    await pass(10_000);
    network().newest.accept();
    await hook.becomes('open');
  });
});
