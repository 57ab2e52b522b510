// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EchoServer } from '../../support/echoServer.js';
import { failOnComplaints } from '../../support/mount.js';
import { type HookProps, type MountedHook, mountHook, quick } from '../../support/mountHook.js';
import { turns, until } from '../../support/until.js';

failOnComplaints();
let server: EchoServer;
let hooks: MountedHook[];

beforeEach(async () => {
  server = await new EchoServer().start();
  hooks = [];
});
afterEach(async () => {
  for (const hook of hooks) hook.unmount();
  await server.stop();
});

function use(props: Partial<HookProps> = {}): MountedHook {
  const hook = mountHook({ url: server.url, ...props });
  hooks.push(hook);
  return hook;
}

async function useOpen(options: HookProps['options'] = quick): Promise<MountedHook> {
  const hook = use({ options });
  await hook.becomes('open');
  return hook;
}

describe('an outage', () => {
  it('shows in status, attempt, retryAt and readyState, and ends by itself', async () => {
    const seen = new Set<string>();
    const hook = use({
      options: { reconnectInterval: 20 },
      read: ({ status, readyState, attempt, retryAt }) =>
        seen.add(`${status} ${readyState} ${attempt} ${retryAt === null ? '' : 'retry'}`),
    });
    await hook.becomes('open');
    server.cut();
    await until(() => server.connectionCount === 2, 'it has reconnected');
    await hook.becomes('open');
    expect([...seen]).toEqual([
      'idle 0 0 ',
      'connecting 0 0 ',
      'open 1 0 ',
      'waiting 3 1 retry',
      'connecting 0 1 ',
      'open 1 1 ',
    ]);
  });

  it('is told by onClose with code and reason, by onError and by onOpen', async () => {
    const [onOpen, onError, onClose] = [vi.fn(), vi.fn(), vi.fn()];
    const hook = await useOpen({ ...quick, onOpen, onError, onClose });
    server.close(4000, 'later');
    await until(() => onOpen.mock.calls.length === 2, 'it has reconnected');
    expect(onClose).toHaveBeenCalledOnce();
    const [event] = onClose.mock.calls[0] as [CloseEvent];
    expect(event).toBeInstanceOf(CloseEvent);
    expect(event).toMatchObject({ code: 4000, reason: 'later', wasClean: true });
    expect(event.target).toBe(hook.now.getWebSocket());
    expect(onError).not.toHaveBeenCalled();
    await server.stop();
    await until(() => onError.mock.calls.length > 0, 'a retry has failed');
  });
});

describe('reconnect and close', () => {
  it('close for good, and open again', async () => {
    const hook = await useOpen();
    hook.now.close(4000, 'done');
    await hook.becomes('closed');
    expect(hook.now.readyState).toBe(3);
    await turns();
    expect(server.connectionCount).toBe(1);
    hook.now.reconnect();
    await hook.becomes('open');
    expect(() => hook.now.close(1001)).toThrow(TypeError);
  });

  it('do nothing after unmount: no socket comes to life that nobody would close', async () => {
    const hook = await useOpen();
    hook.unmount();
    await until(() => server.live === 0, 'the socket is closed');
    await until(() => hook.now.getWebSocket() === null, 'the line is released');
    hook.now.reconnect();
    hook.now.close();
    hook.now.reconnect();
    expect(hook.now.sendMessage('x').state).toBe('refused');
    const other = await useOpen();
    expect(server.connectionCount).toBe(2);
    other.unmount();
  });

  it('do nothing while not to connect', async () => {
    const hook = use({ connect: false });
    hook.now.reconnect();
    const other = await useOpen();
    expect(hook.now).toMatchObject({ status: 'idle', readyState: -1 });
    expect(server.connectionCount).toBe(1);
    other.unmount();
  });
});

describe('shouldReconnect', () => {
  it('of false leaves the line closed', async () => {
    const shouldReconnect = vi.fn((_: CloseEvent) => false);
    const hook = await useOpen({ ...quick, shouldReconnect });
    server.close(4000, 'enough');
    await hook.becomes('closed');
    expect(shouldReconnect).toHaveBeenCalledOnce();
    expect(shouldReconnect.mock.calls[0]?.[0]).toMatchObject({ code: 4000, reason: 'enough' });
    await turns();
    expect(server.connectionCount).toBe(1);
  });
});

describe('reconnectInterval and reconnectAttempts', () => {
  it('set delay and number of retries; onReconnectStop tells of the end', async () => {
    const onReconnectStop = vi.fn();
    const options = { reconnectInterval: 1, reconnectAttempts: 3, onReconnectStop };
    const hook = await useOpen(options);
    await server.stop();
    await hook.becomes('failed');
    expect(hook.now).toMatchObject({ reason: 'attempts', attempt: 3, readyState: 3 });
    expect(onReconnectStop).toHaveBeenCalledExactlyOnceWith(3);
    await server.start();
    hook.now.reconnect();
    await hook.becomes('open');
  });
});

describe('queryParams', () => {
  it('are added to the URL, whether that is a text or a function', async () => {
    const options = { queryParams: { room: 'a b', n: 1, none: null } };
    await useOpen(options);
    const hook = use({ url: async () => `${server.url}/x?y=z`, options });
    await hook.becomes('open');
    expect(server.connections.map(({ request }) => request.url)).toEqual([
      '/?room=a%20b&n=1',
      '/x?y=z&room=a%20b&n=1',
    ]);
  });
});

describe('onDrop', () => {
  it('is told of every message that waited when the line was closed', async () => {
    const onDrop = vi.fn();
    const hook = use({ options: { onDrop } });
    hook.now.sendMessage('a');
    hook.now.sendMessage('b');
    hook.now.close();
    expect(onDrop.mock.calls).toEqual([
      [{ data: 'a', cause: 'closed' }],
      [{ data: 'b', cause: 'closed' }],
    ]);
  });
});

describe('1,000 mounts and unmounts', () => {
  it('leave no socket on the server and no timer on the page', async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => /Timeout|MessagePort/.test(name)).length;
    await useOpen().then((hook) => hook.unmount());
    await until(() => server.live === 0, 'the first socket is closed');
    const before = timers();
    for (let i = 0; i < 1_000; i++) {
      const hook = use();
      // Some in the midst of connecting, some open.
      if (i % 10 === 0) await hook.becomes('open');
      hook.unmount();
    }
    hooks.length = 0;
    await until(() => server.live === 0, 'every socket is closed');
    await until(() => timers() <= before, 'every timer and port is gone');
    await turns();
    expect(server.live).toBe(0);
  }, 30_000);
});
