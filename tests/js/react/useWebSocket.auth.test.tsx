// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { until } from '../../support/until.js';

// Credentials: asked for when they are needed, renewed once, shown nowhere.

const complaints = failOnComplaints();
const { network, use, useOpen, useConnecting, pass } = scriptedHookFixture();

/** Accepts the newest socket, once it is another one than before. */
async function acceptNext(count: number): Promise<void> {
  await until(() => network().sockets.length === count, `socket ${count} is made`);
  network().newest.accept();
}

describe('a server that closes with 4401', () => {
  it('is tried again at once with renewed credentials, which costs no attempt', async () => {
    const refresh = vi.fn(async () => {});
    const hook = await useOpen({ auth: { refresh }, reconnectAttempts: 0 });
    network().newest.end(4401, 'expired');
    await acceptNext(2);
    await hook.becomes('open');
    expect(refresh).toHaveBeenCalledOnce();
    expect(hook.now).toMatchObject({ attempt: 0, reason: null, error: null });
  });

  it('for a second time fails the line with reason auth', async () => {
    const refresh = vi.fn();
    const hook = await useOpen({ auth: { refresh } });
    network().newest.end(4401);
    await acceptNext(2);
    network().newest.end(4401);
    await hook.becomes('failed');
    expect(hook.now).toMatchObject({ reason: 'auth', error: { code: 'failed' } });
    expect(hook.now.error?.message).toContain('4401');
    expect(refresh).toHaveBeenCalledOnce();
    await pass(600_000);
    expect(network().sockets).toHaveLength(2);
  });

  it('after a stable connection is asked for new credentials again', async () => {
    const refresh = vi.fn();
    const hook = await useOpen({ auth: { refresh } });
    for (const count of [2, 3]) {
      await pass(5_001);
      network().newest.end(4401);
      await acceptNext(count);
      await hook.becomes('open');
    }
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('is tried again once without auth as well: what a URL function says may be new', async () => {
    const url = vi.fn(() => `ws://host/?token=${url.mock.calls.length}`);
    const hook = await useConnecting({ url });
    network().newest.accept();
    network().newest.end(4401);
    await acceptNext(2);
    expect(network().newest.url).toBe('ws://host/?token=2');
    network().newest.end(4401);
    await hook.becomes('failed');
    expect(hook.now.reason).toBe('auth');
  });

  it('makes lines that share the function share its run', async () => {
    const refresh = vi.fn(async () => {});
    const hooks = [await useOpen({ auth: { refresh } }), await useOpen({ auth: { refresh } })];
    for (const socket of [...network().sockets]) socket.end(4401);
    await until(() => network().sockets.length === 4, 'both are tried again');
    for (const socket of network().sockets) socket.accept();
    for (const hook of hooks) await hook.becomes('open');
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('is asked later when the credentials cannot be renewed, and the error says why', async () => {
    const refresh = vi.fn<() => Promise<void>>(async () => {});
    refresh.mockRejectedValueOnce(new Error('offline'));
    const hook = await useOpen({ auth: { refresh } });
    network().newest.end(4401);
    await hook.becomes('waiting');
    expect(hook.now.error).toMatchObject({ code: 'auth' });
    expect(hook.now.error?.message).toContain('(offline)');
    expect(hook.now.attempt).toBe(1);
    await pass(2_001);
    await acceptNext(2);
    network().newest.end(4401);
    await acceptNext(3);
    await hook.becomes('open');
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(hook.now.error).toBeNull();
  });

  it('is given up when the renewal hangs, within the time for an attempt', async () => {
    const refresh = () => new Promise(() => {});
    const hook = await useOpen({ auth: { refresh }, connectTimeoutMs: 3_000 });
    network().newest.end(4401);
    await hook.becomes('connecting');
    await pass(3_002);
    await hook.becomes('waiting');
    expect(network().sockets).toHaveLength(1);
  });

  it('of 4403 is not asked again', async () => {
    const refresh = vi.fn();
    const hook = await useOpen({ auth: { refresh } });
    network().newest.end(4403);
    await hook.becomes('failed');
    expect(hook.now.reason).toBe('auth');
    expect(refresh).not.toHaveBeenCalled();
  });
});

describe('a URL function', () => {
  it('is asked once for each attempt, and never by a render', async () => {
    const url = vi.fn(async () => 'ws://host/');
    const options = { reconnectInterval: 1_000 };
    const hook = await useConnecting({ url, options });
    network().newest.accept();
    await hook.becomes('open');
    for (let i = 0; i < 10; i++) hook.render();
    expect(url).toHaveBeenCalledOnce();
    for (const count of [2, 3]) {
      network().newest.fail();
      await pass(1_001);
      expect(network().sockets).toHaveLength(count);
      expect(url).toHaveBeenCalledTimes(count);
    }
  });

  it('whose component is gone when it answers makes no socket', async () => {
    let answer = (_: string): void => {};
    const url = () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      });
    const hook = use({ url });
    await hook.becomes('connecting');
    await pass(1);
    hook.unmount();
    await pass(1);
    answer('ws://host/');
    await pass(60_000);
    expect(network().sockets).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a token', () => {
  const token = 's3cr3t';
  const logs = ['log', 'info', 'warn', 'debug'] as const;
  const logged: unknown[][] = [];

  function watchConsole(): void {
    logged.length = 0;
    for (const name of logs) {
      vi.spyOn(console, name).mockImplementation((...of) => void logged.push(of));
    }
  }

  afterEach(() => {
    expect(JSON.stringify(logged)).not.toContain(token);
  });

  it.each([
    ['a path that is no URL', `ws://:bad:/?token=${token}`],
    ['a fragment', `ws://host/?token=${token}#${token}`],
    ['a foreign scheme', `ftp://host/?token=${token}`],
  ])('in a URL with %s is not in the error', async (_, url) => {
    watchConsole();
    const hook = use({ url });
    await hook.becomes('failed');
    const { error } = hook.now;
    expect(`${error?.message}${error?.stack}${String(error?.cause)}`).not.toContain(token);
    const refused = hook.now.sendMessage('x').reason;
    expect(`${refused?.message}${String(refused?.cause)}`).not.toContain(token);
  });

  it('in a URL that the browser refuses, and quotes, is not in the error', async () => {
    watchConsole();
    network().refusesNext = true;
    const hook = use({ url: `ws://host/?token=${token}` });
    await hook.becomes('failed');
    expect(hook.now.reason).toBe('url');
    const { error } = hook.now;
    expect(`${error?.message}${error?.stack}${String(error?.cause)}`).not.toContain(token);
    await pass(600_000);
    expect(network().sockets).toEqual([]);
  });

  it('that is offered as a subprotocol and is none is not in the error', () => {
    complaints.expected();
    watchConsole();
    const thrown = (() => {
      try {
        use({ options: { protocols: ['chat', `bearer ${token}`] } });
      } catch (error) {
        return String(error);
      }
    })();
    expect(thrown).toContain('protocols[1] is no WebSocket subprotocol');
    expect(thrown).not.toContain(token);
  });

  it('in a URL that works is logged nowhere through a whole life', async () => {
    watchConsole();
    const hook = await useConnecting({ url: `ws://host/?token=${token}` });
    network().newest.accept();
    await hook.becomes('open');
    network().newest.end(4000, 'later');
    await pass(60_000);
    network().newest.fail();
    hook.unmount();
    await pass(1);
    expect(logged).toEqual([]);
  });
});
