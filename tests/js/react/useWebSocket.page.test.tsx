// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { until } from '../../support/until.js';

// What the page tells of itself, as a line takes it.

failOnComplaints();
const { network, useOpen, useConnecting, pass } = scriptedHookFixture();
const inTenSeconds = { minDelayMs: 10_000, baseDelayMs: 0 };

function show(visibilityState: 'visible' | 'hidden'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibilityState);
  document.dispatchEvent(new Event('visibilitychange'));
}

function transition(type: 'pagehide' | 'pageshow', persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event(type), { persisted }));
}

const go = (type: 'online' | 'offline') => window.dispatchEvent(new Event(type));

describe('a page that is hidden', () => {
  it('keeps its line and its retries by default', async () => {
    const hook = await useOpen({ reconnect: inTenSeconds });
    show('hidden');
    await pass(3_600_000);
    expect(hook.now.status).toBe('open');
    network().newest.fail();
    await pass(10_001);
    expect(network().sockets).toHaveLength(2);
  });

  it('with pause keeps an open line, but waits with an attempt until it is shown', async () => {
    const hook = await useOpen({ reconnect: inTenSeconds, hidden: 'pause', hiddenAfterMs: 5_000 });
    show('hidden');
    await pass(5_001);
    expect(network().newest.readyState).toBe(1);
    network().newest.fail();
    await hook.becomes('waiting');
    expect(hook.now.retryAt).toBeNull();
    await pass(3_600_000);
    expect(network().sockets).toHaveLength(1);
    show('visible');
    await pass(1_000);
    expect(network().sockets).toHaveLength(2);
  });

  it('with close closes the line after a while, and opens it again when it is shown', async () => {
    const onClose = vi.fn();
    const hook = await useOpen({ hidden: 'close', hiddenAfterMs: 5_000, onClose });
    show('hidden');
    await pass(4_999);
    expect(network().newest.readyState).toBe(1);
    await pass(2);
    await hook.becomes('waiting');
    expect(network().newest.closedWith).toMatchObject({ code: 1000 });
    expect(onClose).toHaveBeenCalledOnce();
    await pass(3_600_000);
    expect(network().sockets).toHaveLength(1);
    show('visible');
    await pass(1_000);
    network().newest.accept();
    await hook.becomes('open');
    expect(network().live).toHaveLength(1);
  });

  it('for less than the while closes nothing', async () => {
    const hook = await useOpen({ hidden: 'close', hiddenAfterMs: 5_000 });
    for (let i = 0; i < 5; i++) {
      show('hidden');
      await pass(4_000);
      show('visible');
      await pass(4_000);
    }
    expect(hook.now.status).toBe('open');
    expect(network().sockets).toHaveLength(1);
  });

  it('from the beginning counts as hidden from then on', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const hook = await useOpen({ hidden: 'close', hiddenAfterMs: 5_000 });
    await pass(5_001);
    await hook.becomes('waiting');
    show('visible');
    await pass(1_000);
    expect(network().sockets).toHaveLength(2);
  });
});

describe('the back/forward cache', () => {
  it('gets a page without a socket, and gives back one that connects again, once', async () => {
    const onClose = vi.fn();
    const hook = await useOpen({ onClose });
    const [first] = network().sockets;
    transition('pagehide', true);
    await hook.becomes('waiting');
    expect(first?.closedWith).toMatchObject({ code: 1000 });
    expect(onClose).toHaveBeenCalledOnce();
    await pass(600_000);
    expect(network().sockets).toHaveLength(1);
    transition('pageshow', true);
    // Of a socket that the browser closed while the page was stored it tells only now.
    first?.fail();
    document.dispatchEvent(new Event('resume'));
    await pass(1_000);
    expect(network().sockets).toHaveLength(2);
    network().newest.accept();
    await hook.becomes('open');
    await pass(60_000);
    expect(network().sockets).toHaveLength(2);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('is not where a page goes that is left for good: its line stays as it is', async () => {
    const hook = await useOpen();
    transition('pagehide', false);
    transition('pageshow', false);
    await pass(1_000);
    expect(hook.now.status).toBe('open');
    expect(network().sockets).toHaveLength(1);
    expect(network().newest.closedWith).toBeNull();
  });
});

describe('the network', () => {
  it('that is back during the wait brings the attempt forward', async () => {
    const hook = await useOpen({ reconnect: inTenSeconds });
    go('offline');
    network().newest.fail();
    await hook.becomes('waiting');
    await pass(1_000);
    expect(network().sockets).toHaveLength(1);
    go('online');
    await pass(201);
    expect(network().sockets).toHaveLength(2);
  });

  it('that comes and goes does not make an attempt each time', async () => {
    const hook = await useOpen({ reconnect: inTenSeconds });
    network().newest.fail();
    await hook.becomes('waiting');
    for (let i = 0; i < 20; i++) {
      go('offline');
      go('online');
      await pass(100);
      if (network().newest.readyState === 0) network().newest.fail();
    }
    expect(network().sockets.length).toBeLessThanOrEqual(3);
  });

  it('that is gone does not end an open line: it is asked', async () => {
    const heartbeat = { intervalMs: 60_000, probeTimeoutMs: 1_000 };
    const hook = await useOpen({ heartbeat });
    go('offline');
    expect(network().newest.sent).toEqual(['ping']);
    network().newest.say('pong');
    await pass(5_000);
    expect(hook.now.status).toBe('open');
    // Nor is it believed to be alive: without an answer it is given up.
    go('offline');
    await pass(1_002);
    expect(network().newest.readyState).not.toBe(1);
  });

  it('that is gone does not keep a line from a server on this machine', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const hook = await useOpen();
    expect(hook.now.status).toBe('open');
  });

  it('that comes back while an attempt hangs that began without it starts another', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const hook = await useConnecting();
    const [first] = network().sockets;
    go('online');
    await until(() => network().sockets.length === 2, 'another attempt is made');
    expect(first?.closedWith).not.toBeNull();
    network().newest.accept();
    first?.accept();
    await hook.becomes('open');
    expect(network().live).toEqual([network().newest]);
  });
});

describe('what the page tells', () => {
  it('does not revive a line that was closed during the wait, nor one that failed', async () => {
    const hook = await useOpen({ reconnect: inTenSeconds });
    network().newest.fail();
    await hook.becomes('waiting');
    const signals = () => {
      go('offline');
      go('online');
      show('visible');
      transition('pageshow', true);
      document.dispatchEvent(new Event('resume'));
    };
    hook.now.close();
    signals();
    await pass(60_000);
    expect(network().sockets).toHaveLength(1);
    expect(hook.now.status).toBe('closed');
    hook.now.reconnect();
    await until(() => network().sockets.length === 2, 'a socket is made');
    network().newest.accept();
    network().newest.end(4403);
    await hook.becomes('failed');
    signals();
    await pass(60_000);
    expect(network().sockets).toHaveLength(2);
  });

  it('is heard by nobody after unmount', async () => {
    const hook = await useOpen();
    hook.unmount();
    await pass(1);
    go('online');
    show('visible');
    transition('pageshow', true);
    await pass(60_000);
    expect(network().sockets).toHaveLength(1);
    expect(network().live).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
