// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { UseWebSocketOptions } from '../../../js/src/react/index.js';
import { hookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import type { MountedHook } from '../../support/mountHook.js';
import { uncaught } from '../../support/uncaught.js';
import { turns, until } from '../../support/until.js';

failOnComplaints();
const { server, use } = hookFixture();
const quickly = { reconnect: { minDelayMs: 1, baseDelayMs: 1, maxDelayMs: 5 } };

const sharing = (options: UseWebSocketOptions = {}): MountedHook =>
  use({ options: { ...quickly, share: true, ...options } });

/** Two that share, both open. */
async function two(first: UseWebSocketOptions = {}, second: UseWebSocketOptions = {}) {
  const hooks = [sharing(first), sharing(second)] as const;
  for (const hook of hooks) await hook.becomes('open');
  expect(server.connectionCount).toBe(1);
  return hooks;
}

const say = (text: string) => server.connections.at(-1)?.socket.send(text);

describe('components that share', () => {
  it('have one socket, which the last one that leaves closes', async () => {
    const [one, other] = await two();
    one.unmount();
    await until(() => one.now.getWebSocket() === null, 'the first one has left');
    expect(server.live).toBe(1);
    other.now.sendMessage('still here');
    await until(() => server.received.length === 1, 'it has arrived');
    other.unmount();
    await until(() => server.live === 0, 'the socket is closed');
    expect(server.connectionCount).toBe(1);
  });

  it('have callbacks, filter and lastMessage of their own', async () => {
    const seen: string[] = [];
    const [one, other] = await two(
      { onMessage: ({ data }) => seen.push(`one ${data}`), filter: ({ data }) => data !== 'b' },
      { onMessage: ({ data }) => seen.push(`other ${data}`), filter: ({ data }) => data !== 'c' },
    );
    for (const hook of [one, other]) expect(hook.now.lastMessage).toBeNull();
    for (const text of ['a', 'b', 'c']) say(text);
    await until(() => seen.length === 6, 'all were told');
    expect(seen).toEqual(['one a', 'other a', 'one b', 'other b', 'one c', 'other c']);
    await until(() => one.now.lastMessage?.data === 'c', 'one shows the last it lets through');
    await until(() => other.now.lastMessage?.data === 'b', 'so does the other');
    expect(one.now.lastMessage?.target).toBe(one.now.getWebSocket());
    expect(other.now.getWebSocket()).not.toBe(one.now.getWebSocket());
  });

  it('see the open state when they come late, and are not told of its opening', async () => {
    const first = sharing();
    await first.becomes('open');
    const onOpen = vi.fn();
    const statuses: string[] = [];
    const late = use({
      options: { ...quickly, share: true, onOpen },
      read: ({ status }) => statuses.push(status),
    });
    expect(late.now).toMatchObject({ status: 'open', readyState: 1 });
    expect(late.now.lastMessage).toBeNull();
    expect(late.now.sendMessage('at once')).toEqual({ state: 'sent' });
    await until(() => late.now.lastMessage?.data === 'at once', 'it came back');
    expect(onOpen).not.toHaveBeenCalled();
    expect(statuses).not.toContain('connecting');
    expect(server.connectionCount).toBe(1);
  });

  it('take along what they sent before they were connected', async () => {
    const first = sharing();
    await first.becomes('open');
    const late = use({ options: { ...quickly, share: true }, connect: false });
    expect(late.now.sendMessage('kept').state).toBe('queued');
    late.render({ connect: true });
    await until(() => server.received.length === 1, 'it has arrived');
    expect(server.received).toEqual(['kept']);
    late.render({ connect: false });
    await until(() => late.now.status === 'idle', 'it has left');
    expect(late.now.sendMessage('x').state).toBe('refused');
    expect(first.now.status).toBe('open');
  });

  it('reconnect with one attempt, and each is told', async () => {
    const [onClose, onOpen] = [vi.fn(), vi.fn()];
    const [one, other] = await two({ onClose, onOpen }, { onClose, onOpen });
    onOpen.mockClear();
    server.cut();
    await until(() => onOpen.mock.calls.length === 2, 'both are told of the new connection');
    expect(onClose).toHaveBeenCalledTimes(2);
    expect(server.connectionCount).toBe(2);
    for (const hook of [one, other]) await hook.becomes('open');
  });

  it('join the line of one that leaves in the same commit', async () => {
    const hook = sharing();
    await hook.becomes('open');
    hook.unmount();
    const next = sharing();
    expect(next.now.status).toBe('open');
    await turns();
    expect(server.connectionCount).toBe(1);
    expect(server.live).toBe(1);
  });

  it('find a line that somebody closed as it is, until reconnect()', async () => {
    const [one, other] = await two();
    one.now.close(4000, 'done');
    for (const hook of [one, other]) await hook.becomes('closed');
    const late = sharing();
    expect(late.now.status).toBe('closed');
    late.now.reconnect();
    for (const hook of [one, other, late]) await hook.becomes('open');
    expect(server.live).toBe(1);
  });

  it('do not hurt each other by what they throw', async () => {
    const fails = () => {
      throw new Error('mine');
    };
    const seen: string[] = [];
    const onMessage = ({ data }: MessageEvent) => seen.push(data);
    const [, other] = await two({ filter: fails, onClose: fails }, { onMessage });
    expect(other.now.lastMessage).toBeNull();
    const errors = await uncaught(async () => {
      say('a');
      await until(() => other.now.lastMessage?.data === 'a', 'the other shows it');
    });
    expect(errors).toHaveLength(1);
    expect(seen).toEqual(['a']);
  });

  it('go on while any of them wants to', async () => {
    const [no, yes] = [vi.fn(() => false), vi.fn(() => true)];
    const [one] = await two({ shouldReconnect: no }, { shouldReconnect: yes });
    server.close(4000);
    await until(() => server.connectionCount === 2, 'the line has reconnected');
    await one.becomes('open');
    yes.mockReturnValue(false);
    server.close(4000);
    await one.becomes('closed');
    expect([no.mock.calls.length, yes.mock.calls.length]).toEqual([2, 2]);
  });

  it('are told, all of them, of a message that is dropped', async () => {
    const onDrop = vi.fn();
    const [one] = await two({ onDrop }, { onDrop });
    await server.stop();
    await one.becomes('waiting');
    one.now.sendMessage('lost');
    one.now.close();
    await until(() => onDrop.mock.calls.length === 2, 'both are told');
    expect(onDrop).toHaveBeenCalledWith({ data: 'lost', cause: 'closed' });
  });
});

describe('a shared line', () => {
  it('has one heartbeat and one hello, of the first that has one', async () => {
    server.isMute = true;
    const heartbeat = { message: 'beat', interval: 20, timeout: 2_000 };
    const first = sharing({ hello: 'first', heartbeat });
    const others = [sharing({ hello: 'second' }), sharing()];
    for (const hook of [first, ...others]) await hook.becomes('open');
    await until(() => server.received.length >= 2, 'it has said hello, and a ping');
    expect(server.received.slice(0, 2)).toEqual(['first', 'beat']);
    first.unmount();
    await until(() => first.now.getWebSocket() === null, 'the first one has left');
    const before = server.received.length;
    server.cut();
    await until(() => server.received.length >= before + 2, 'the next connection has both');
    expect(server.received.slice(-2)).toEqual(['second', 'beat']);
  });

  it('is another one for other protocols, another URL, or without share', async () => {
    const alone = use({ options: quickly });
    const hooks = [alone, sharing(), sharing({ protocols: 'chat' })];
    const elsewhere = use({ url: `${server.url}/x`, options: { ...quickly, share: true } });
    for (const hook of [...hooks, elsewhere]) await hook.becomes('open');
    expect(server.connectionCount).toBe(4);
  });

  it('moves a component that takes another URL, and stays for the others', async () => {
    const [one, other] = await two();
    one.render({ url: `${server.url}/x` });
    await until(() => server.connectionCount === 2, 'the other line is open');
    await one.becomes('open');
    say('to x');
    await turns();
    expect(other.now.lastMessage).toBeNull();
    expect(server.live).toBe(2);
  });

  it('is that of a URL function for those that give the same one', async () => {
    const ask = vi.fn(() => server.url);
    const options = { ...quickly, share: true };
    const hooks = [use({ url: ask, options }), use({ url: ask, options })];
    for (const hook of hooks) await hook.becomes('open');
    expect(server.connectionCount).toBe(1);
    expect(ask).toHaveBeenCalledOnce();
    // Inline it is another one in each render: the line stays.
    hooks[0]?.render({ url: () => server.url });
    await turns();
    expect(server.connectionCount).toBe(1);
  });

  it('keeps its socket in StrictMode, and leaves none', async () => {
    const { mountHook } = await import('../../support/mountHook.js');
    const props = { url: server.url, options: { ...quickly, share: true } };
    const hooks = [mountHook(props, { isStrict: true }), mountHook(props, { isStrict: true })];
    for (const hook of hooks) await hook.becomes('open');
    await turns();
    expect(server.connectionCount).toBe(1);
    for (const hook of hooks) hook.unmount();
    await until(() => server.live === 0, 'no socket is left');
  });
});
