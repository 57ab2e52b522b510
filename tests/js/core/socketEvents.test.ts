// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
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
