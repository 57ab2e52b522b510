// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { hookFixture, scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import { quick } from '../../support/mountHook.js';
import { uncaught } from '../../support/uncaught.js';
import { until } from '../../support/until.js';

failOnComplaints();

describe('a server that stops answering', () => {
  const { server, use, useOpen } = hookFixture();
  const heartbeat = { intervalMs: 10, timeoutMs: 20 };

  it('is noticed although the connection stays open, and the line heals', async () => {
    const [onClose, onError] = [vi.fn(), vi.fn()];
    server.isMute = true;
    const hook = await useOpen({ ...quick, heartbeat, onClose, onError });
    await until(() => server.connectionCount === 2, 'it has reconnected');
    expect(onClose.mock.calls[0]?.[0]).toMatchObject({ code: 1006, wasClean: false });
    expect(onError).toHaveBeenCalled();
    server.isMute = false;
    await hook.becomes('open');
    await until(() => server.live === 1, 'the dead socket is closed');
  });

  it('is noticed by the missing reply, although it goes on talking', async () => {
    const told = { ...heartbeat, message: 'ping', returnMessage: 'pong' };
    await useOpen({ ...quick, heartbeat: told });
    // The echo of 'ping' is no 'pong'.
    await until(() => server.connectionCount === 2, 'it has reconnected');
    expect(server.received).toContain('ping');
  });

  it('is asked once for a line, by what the newest render says', async () => {
    const patient = { intervalMs: 1, timeoutMs: 10_000 };
    const hook = use({ options: { ...quick, heartbeat: { ...patient, message: 'first' } } });
    await hook.becomes('open');
    await until(() => server.received.includes('first'), 'a ping has arrived');
    hook.render({ options: { ...quick, heartbeat: { ...patient, message: () => 'second' } } });
    await until(() => server.received.includes('second'), 'the other ping has arrived');
    expect(server.connectionCount).toBe(1);
  });

  it('is believed as long as it answers', async () => {
    const hook = await useOpen({ ...quick, heartbeat: { intervalMs: 1, timeoutMs: 10_000 } });
    await until(() => server.received.length >= 10, 'ten pings have arrived');
    expect(server.connectionCount).toBe(1);
    expect(hook.now.status).toBe('open');
  });
});

describe('the reply to a ping', () => {
  const { network, useOpen, useConnecting, pass } = scriptedHookFixture();
  const heartbeat = { intervalMs: 1_000, timeoutMs: 500, message: 'ping', returnMessage: 'pong' };

  it('given as a value is heard by onMessage, and is not lastMessage', async () => {
    const onMessage = vi.fn();
    const shown: unknown[] = [];
    const hook = await useConnecting({
      options: { heartbeat, onMessage },
      read: ({ lastMessage }) => shown.push(lastMessage?.data),
    });
    network().newest.accept();
    await pass(1_001);
    expect(network().newest.sent).toEqual(['ping']);
    network().newest.say('pong');
    network().newest.say('news');
    await until(() => hook.now.lastMessage !== null, 'a message is shown');
    expect(hook.now.lastMessage?.data).toBe('news');
    expect(shown).not.toContain('pong');
    expect(onMessage).toHaveBeenCalledTimes(2);
  });

  it('of a socket that is closing for ever is missed as well, and the line heals', async () => {
    const hook = await useOpen({ heartbeat });
    network().newest.readyState = 2; // the close frame came, and the close event never does
    await pass(1_001);
    await pass(501);
    await hook.becomes('waiting');
    await pass(3_000);
    expect(network().sockets).toHaveLength(2);
  });

  it('found by a function is shown like any other, and keeps the line', async () => {
    const returnMessage = vi.fn((event: MessageEvent) => event.data === 'pong');
    const hook = await useConnecting({
      options: { heartbeat: { ...heartbeat, returnMessage } },
      read: ({ lastMessage }) => lastMessage,
    });
    network().newest.accept();
    for (let i = 0; i < 5; i++) {
      await pass(1_001);
      network().newest.say('pong');
    }
    expect(network().sockets).toHaveLength(1);
    expect(returnMessage).toHaveBeenCalledTimes(5);
    await until(() => hook.now.lastMessage?.data === 'pong', 'it is shown');
  });

  it('is missed when its function throws, but no message is lost by it', async () => {
    const onMessage = vi.fn();
    const returnMessage = () => {
      throw new Error('in returnMessage');
    };
    await useOpen({ heartbeat: { ...heartbeat, returnMessage }, onMessage });
    const errors = await uncaught(async () => network().newest.say('news'));
    expect(errors).toHaveLength(1);
    expect(onMessage).toHaveBeenCalledOnce();
    await pass(2_000);
    expect(network().newest.readyState).not.toBe(1);
  });

  it('is not waited for when the ping could not be said', async () => {
    const message = vi.fn<() => string>(() => 'ping');
    message.mockImplementationOnce(() => {
      throw new Error('in message');
    });
    await useOpen({ heartbeat: { ...heartbeat, message } });
    const errors = await uncaught(() => pass(1_900));
    expect(errors).toHaveLength(1);
    expect(network().newest.readyState).toBe(1);
    await pass(200);
    expect(network().newest.sent).toEqual(['ping']);
  });

  it('may stand behind a page that was frozen: the line is asked once more', async () => {
    await useOpen({ heartbeat });
    await pass(1_001);
    expect(network().newest.sent).toEqual(['ping']);
    // No timer ran for an hour: it is the page that was away, not the server.
    vi.setSystemTime(Date.now() + 3_600_000);
    await pass(510);
    expect(network().newest.sent).toEqual(['ping', 'ping']);
    network().newest.say('pong');
    await pass(900);
    expect(network().sockets).toHaveLength(1);
    expect(network().newest.readyState).toBe(1);
  });

  it('that does not come after a sleep either ends the connection within a probe', async () => {
    const onClose = vi.fn();
    await useOpen({ heartbeat: { ...heartbeat, probeTimeoutMs: 300 }, onClose });
    network().newest.isDead = true;
    vi.setSystemTime(Date.now() + 3_600_000);
    await pass(1_001);
    expect(network().newest.sent).toEqual(['ping']);
    expect(onClose).not.toHaveBeenCalled();
    await pass(302);
    expect(onClose).toHaveBeenCalledOnce();
    expect(onClose.mock.calls[0]?.[0]).toMatchObject({ code: 1006 });
  });
});
