// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { SocketEvents } from '../../../js/src/core/socketEvents.js';
import type { SocketLine } from '../../../js/src/core/socketLine.js';
import type { UseWebSocketOptions } from '../../../js/src/react/index.js';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';

// What react-use-websocket's users say about attempts and messages, in its meaning.

failOnComplaints();
const { network, use, useConnecting, useOpen, pass } = scriptedHookFixture();

describe('retryOnError', () => {
  it.each([
    ['true', { retryOnError: true }, 'waiting'],
    ['nothing', {}, 'waiting'],
    ['false', { retryOnError: false }, 'closed'],
    ['false, and shouldReconnect', { retryOnError: false, shouldReconnect: () => true }, 'waiting'],
  ])('of %s, when a connection breaks', async (_, options: UseWebSocketOptions, status) => {
    const hook = await useOpen(options);
    network().newest.fail();
    await hook.becomes(status as 'waiting');
    await pass(60_000);
    expect(network().sockets.length > 1).toBe(status === 'waiting');
  });

  it('of false goes on after a close with a handshake', async () => {
    const hook = await useOpen({ retryOnError: false });
    network().newest.end(4000);
    await hook.becomes('waiting');
  });

  it('of false ends with a URL function that rejects', async () => {
    const url = vi.fn(() => Promise.reject(new Error('no ticket')));
    const hook = use({ url, options: { retryOnError: false } });
    await hook.becomes('closed');
    await pass(60_000);
    expect(url).toHaveBeenCalledOnce();
    expect(hook.now.readyState).toBe(3);
  });

  it('of false ends with a handshake that is refused', async () => {
    const hook = await useConnecting({ options: { retryOnError: false } });
    network().newest.fail();
    await hook.becomes('closed');
  });
});

describe('an answer that is neither true nor false', () => {
  it('of shouldReconnect counts as no, when it is falsy', async () => {
    const hook = await useOpen({ shouldReconnect: () => undefined as unknown as boolean });
    network().newest.end(4000);
    await hook.becomes('closed');
  });

  it('of filter lets nothing through', async () => {
    const hook = await useOpen({ filter: () => 1 as unknown as boolean });
    expect(hook.now.lastMessage).toBeNull();
    network().newest.say('a');
    await pass(10);
    expect(hook.now.lastMessage).toBeNull();
    hook.render({ options: { filter: () => true } });
    network().newest.say('b');
    await pass(10);
    expect(hook.now.lastMessage?.data).toBe('b');
  });
});

describe('a line that is shared', () => {
  const memberWith = (options: UseWebSocketOptions) => ({
    shareKey: 'ws://host/',
    user: { options: () => options },
  });
  const eventsOf = (...members: ReturnType<typeof memberWith>[]) => {
    const line = { close: vi.fn(), snapshot: { status: 'waiting', reason: null, attempt: 1 } };
    const at = { members: new Set(members), line };
    return { at, line, events: new SocketEvents(at as unknown as SocketLine) };
  };

  it('waits as a function says, whatever number another component has', () => {
    const reconnectInterval = () => 10;
    const chooser = memberWith({ reconnectInterval });
    const { at, events } = eventsOf(memberWith({ reconnectInterval: 3_000 }), chooser);
    expect(events.asked().reconnectInterval).toBe(reconnectInterval);
    at.members.delete(chooser);
    expect(events.asked().reconnectInterval).toBe(reconnectInterval);
  });

  it('goes on while the last component has left and the next one is on its way', () => {
    const { line, events } = eventsOf();
    events.closed({ code: 1006, wasClean: false, reason: '' });
    expect(line.close).not.toHaveBeenCalled();
    const given = eventsOf(memberWith({ shouldReconnect: () => false }));
    Object.assign([...given.at.members][0] as object, { socket: new EventTarget() });
    given.events.closed({ code: 1006, wasClean: false, reason: '' });
    expect(given.line.close).toHaveBeenCalledOnce();
  });
});
