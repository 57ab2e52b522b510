// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UseWebSocketOptions } from '../../../js/src/react/index.js';
import { EchoServer } from '../../support/echoServer.js';
import { failOnComplaints } from '../../support/mount.js';
import { type HookProps, type MountedHook, mountHook, quick } from '../../support/mountHook.js';
import { turns, until } from '../../support/until.js';

const complaints = failOnComplaints();
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

function use(props: Partial<HookProps> = {}, settings?: { isStrict: boolean }): MountedHook {
  const hook = mountHook({ url: server.url, ...props }, settings);
  hooks.push(hook);
  return hook;
}

async function useOpen(props?: Partial<HookProps>): Promise<MountedHook> {
  const hook = use(props);
  await hook.becomes('open');
  return hook;
}

describe('mounting', () => {
  it('opens the line, and unmounting closes it with 1000', async () => {
    const onClose = vi.fn();
    const hook = use({ options: { onClose } });
    expect(hook.now).toMatchObject({ status: 'connecting', readyState: 0 });
    await hook.becomes('open');
    expect(hook.now.readyState).toBe(1);
    const codes: number[] = [];
    server.connections[0]?.socket.on('close', (code) => codes.push(code));
    hook.unmount();
    await until(() => codes.length === 1, 'the server sees the close');
    expect(codes).toEqual([1000]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it('in StrictMode makes one socket, and unmounting leaves none', async () => {
    const hook = use({}, { isStrict: true });
    await hook.becomes('open');
    await turns();
    expect(server.connectionCount).toBe(1);
    expect(server.live).toBe(1);
    hook.unmount();
    await until(() => server.live === 0, 'no socket is left');
    expect(server.connectionCount).toBe(1);
  });

  it('and unmounting at once makes no socket that stays', async () => {
    const hook = use();
    hook.unmount();
    await useOpen();
    await until(() => server.live === 1, 'only the second one is left');
  });

  it('gives functions that stay the same, and a facade only while mounted', async () => {
    const first: unknown[] = [];
    const hook = use({ read: ({ getWebSocket }) => first.push(getWebSocket()) });
    expect(first[0]).toBeNull();
    const { getWebSocket, sendMessage, sendJsonMessage, reconnect, close } = hook.now;
    const socket = getWebSocket();
    expect(socket).not.toBeNull();
    await hook.becomes('open');
    server.cut();
    await until(() => server.connectionCount === 2, 'it has reconnected');
    expect(hook.now).toMatchObject({
      getWebSocket,
      sendMessage,
      sendJsonMessage,
      reconnect,
      close,
    });
    expect(getWebSocket()).toBe(socket);
    hook.unmount();
    await until(() => getWebSocket() === null, 'the facade is gone');
  });
});

describe('the URL', () => {
  it('when it changes makes another line; queue and events of the old one are left', async () => {
    const seen: string[] = [];
    const onMessage = (event: MessageEvent) => seen.push(event.data);
    const hook = await useOpen({ options: { ...quick, onMessage } });
    const old = hook.now.getWebSocket();
    server.connections[0]?.socket.send('from the old one');
    hook.render({ url: `${server.url}/other` });
    expect(hook.now.sendMessage('to the new one').state).toBe('queued');
    expect(hook.now.getWebSocket()).not.toBe(old);
    await hook.becomes('open');
    await until(() => seen.length === 1, 'it came back');
    await until(() => server.live === 1, 'the old socket is closed');
    expect(seen).toEqual(['to the new one']);
    expect(server.connections.map(({ request }) => request.url)).toEqual(['/', '/other']);
  });

  it('does not carry what waited over to another one', async () => {
    const onDrop = vi.fn();
    const hook = use({ options: { ...quick, onDrop } });
    hook.now.sendMessage('for the first');
    hook.render({ url: `${server.url}/other` });
    await hook.becomes('open');
    expect(hook.now.sendMessage('for the other').state).toBe('sent');
    await until(() => server.received.length === 1, 'it has arrived');
    expect(server.received).toEqual(['for the other']);
  });

  it('of null is no line, until there is one', async () => {
    const hook = use({ url: null });
    await turns();
    expect(hook.now).toMatchObject({ status: 'idle', readyState: -1 });
    expect(hook.now.getWebSocket()).toBeNull();
    expect(hook.now.sendMessage('x')).toMatchObject({
      state: 'refused',
      reason: { code: 'closed' },
    });
    hook.now.reconnect();
    hook.now.close();
    await turns();
    expect(server.connectionCount).toBe(0);
    hook.render({ url: server.url });
    expect(hook.now.readyState).toBe(0);
    await hook.becomes('open');
    hook.render({ url: null });
    expect(hook.now.readyState).toBe(-1);
    await until(() => server.live === 0, 'the socket is closed');
  });

  it('as a function is asked for each attempt, the newest one always', async () => {
    const hook = await useOpen({ url: () => `${server.url}/1` });
    hook.render({ url: async () => `${server.url}/2` });
    await turns();
    expect(server.connectionCount).toBe(1);
    server.cut();
    await until(() => server.connectionCount === 2, 'it has reconnected');
    expect(server.connections.map(({ request }) => request.url)).toEqual(['/1', '/2']);
  });

  it('of another type is refused in render', () => {
    complaints.expected();
    expect(() => use({ url: 5 as unknown as string })).toThrow('a string, a function or null');
  });
});

describe('connect', () => {
  it('false keeps the line closed, and later opens and closes it', async () => {
    const hook = use({ connect: false });
    await turns();
    expect(hook.now).toMatchObject({ status: 'idle', readyState: -1 });
    expect(hook.now.getWebSocket()).toBeNull();
    expect(server.connectionCount).toBe(0);
    hook.render({ connect: true });
    await hook.becomes('open');
    hook.render({ connect: false });
    expect(hook.now.readyState).toBe(-1);
    await until(() => server.live === 0, 'the socket is closed');
    await hook.becomes('idle');
  });
});

describe('options', () => {
  it('written inline do not reconnect, and the newest callback is called', async () => {
    const seen: string[] = [];
    const optionsOf = (name: string): UseWebSocketOptions => ({
      reconnect: { minDelayMs: 1, maxDelayMs: 5 },
      protocols: ['chat'],
      queryParams: { room: 1 },
      onMessage: (event) => seen.push(`${name}: ${event.data}`),
    });
    const hook = await useOpen({ options: optionsOf('first') });
    for (const name of ['second', 'third']) hook.render({ options: optionsOf(name) });
    hook.now.sendMessage('x');
    await until(() => seen.length === 1, 'it came back');
    expect(seen).toEqual(['third: x']);
    expect(server.connectionCount).toBe(1);
  });

  it.each([
    ['protocols', { protocols: ['chat.v2'] }],
    ['queryParams', { queryParams: { room: 2 } }],
    ['limits', { connectTimeoutMs: 5_000 }],
    ['limits that JSON cannot say', { reconnect: { attempts: 5 } }],
  ])('with other %s make another line', async (_, options) => {
    const hook = await useOpen({ options: {} });
    hook.render({ options });
    await until(() => server.connectionCount === 2, 'another line is open');
    await until(() => server.live === 1, 'the old socket is closed');
  });

  it.each([
    [{ reconnectInterval: '1s' as unknown as number }, 'must be a number from 0'],
    [{ reconnectAttempts: -1 }, 'reconnect.attempts must be a number from 0'],
    [{ queue: { maxBytes: -1 } }, 'queue.maxBytes must be a number from 0'],
    [{ protocols: 'a b' }, 'is no WebSocket subprotocol'],
    [{ reconnect: 'often' as unknown as object }, 'reconnect must be an object'],
  ])('%o throw a TypeError in render', (options, message) => {
    complaints.expected();
    expect(() => use({ options })).toThrow(TypeError);
    expect(() => use({ options })).toThrow(message);
    expect(server.connectionCount).toBe(0);
  });
});
