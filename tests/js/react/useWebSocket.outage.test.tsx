// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { scriptedHookFixture } from '../../support/hookFixture.js';
import { failOnComplaints } from '../../support/mount.js';
import type { MountedHook } from '../../support/mountHook.js';
import { uncaught } from '../../support/uncaught.js';

// What is told of an outage, and what is said first and then on each connection.

failOnComplaints();
const { network, use, useOpen, useConnecting, pass } = scriptedHookFixture();
const inOneSecond = { minDelayMs: 1_000, baseDelayMs: 0 };

/** Loses the connection, and lets the retry succeed. */
async function comeBack(hook: MountedHook): Promise<void> {
  network().newest.fail();
  await pass(1_001);
  network().newest.accept();
  await hook.becomes('open');
}

describe('onOutage', () => {
  it('tells how long the line was down, and how much may not have arrived', async () => {
    const onOutage = vi.fn();
    const hook = await useOpen({ reconnect: inOneSecond, onOutage });
    for (const text of ['a', 'b']) hook.now.sendMessage(text);
    network().newest.fail();
    await hook.becomes('waiting');
    hook.now.sendMessage('waits');
    await pass(1_001);
    network().newest.fail();
    await pass(1_001);
    network().newest.accept();
    await hook.becomes('open');
    expect(onOutage).toHaveBeenCalledOnce();
    const [outage] = onOutage.mock.calls[0] as [{ downMs: number }];
    expect(outage).toMatchObject({ unconfirmed: 2, recovered: false });
    expect(outage.downMs).toBeGreaterThanOrEqual(2_000);
    expect(outage.downMs).toBeLessThan(2_010);
  });

  it('counts with a heartbeat from the last sign of life on', async () => {
    const onOutage = vi.fn();
    const heartbeat = { intervalMs: 10_000, timeoutMs: 5_000 };
    const hook = await useOpen({ reconnect: inOneSecond, heartbeat, onOutage });
    await pass(15_010);
    await hook.becomes('waiting');
    await pass(1_001);
    network().newest.accept();
    await hook.becomes('open');
    expect(onOutage.mock.calls[0]?.[0].downMs).toBeGreaterThanOrEqual(16_000);
  });

  it('takes what came in for a sign that all before it has arrived', async () => {
    const onOutage = vi.fn();
    const hook = await useOpen({ reconnect: inOneSecond, onOutage });
    hook.now.sendMessage('a');
    network().newest.say('I have it');
    hook.now.sendMessage('b');
    await comeBack(hook);
    expect(onOutage.mock.calls[0]?.[0].unconfirmed).toBe(1);
  });

  it('tells of each outage on its own', async () => {
    const onOutage = vi.fn();
    const hook = await useOpen({ reconnect: inOneSecond, onOutage });
    hook.now.sendMessage('a');
    await comeBack(hook);
    await comeBack(hook);
    expect(onOutage.mock.calls.map(([{ unconfirmed }]) => unconfirmed)).toEqual([1, 0]);
  });

  it('is not called for the first connection, nor after a close by the application', async () => {
    const onOutage = vi.fn();
    const hook = await useOpen({ reconnect: inOneSecond, onOutage });
    hook.now.sendMessage('a');
    hook.now.close();
    network().settle();
    await hook.becomes('closed');
    hook.now.reconnect();
    await pass(1_001);
    network().newest.accept();
    await hook.becomes('open');
    expect(onOutage).not.toHaveBeenCalled();
    // What the closed connection was given is not counted later either.
    await comeBack(hook);
    expect(onOutage).toHaveBeenCalledOnce();
    expect(onOutage.mock.calls[0]?.[0].unconfirmed).toBe(0);
  });
});

describe('hello', () => {
  it('is the first message of every connection, before all that waits', async () => {
    let count = 0;
    const hello = vi.fn(() => `hello ${++count}`);
    const hook = use({ options: { reconnect: inOneSecond, hello } });
    hook.now.sendMessage('early');
    await pass(1);
    network().newest.accept();
    await hook.becomes('open');
    network().newest.fail();
    await hook.becomes('waiting');
    for (const text of ['a', 'b']) hook.now.sendMessage(text);
    await pass(1_001);
    network().newest.accept();
    await hook.becomes('open');
    const sent = network().sockets.map((socket) => socket.sent);
    expect(sent).toEqual([
      ['hello 1', 'early'],
      ['hello 2', 'a', 'b'],
    ]);
    expect(hello).toHaveBeenCalledTimes(2);
  });

  it('goes before what is sent in onOpen, which goes behind what waited', async () => {
    let send = (_: string): void => {};
    const hook = use({ options: { hello: 'hello', onOpen: () => send('in onOpen') } });
    send = (text) => hook.now.sendMessage(text);
    hook.now.sendMessage('waited');
    await pass(1);
    network().newest.accept();
    await hook.becomes('open');
    expect(network().newest.sent).toEqual(['hello', 'waited', 'in onOpen']);
  });

  it('that throws keeps nothing else from being sent', async () => {
    const hello = () => {
      throw new Error('in hello');
    };
    const hook = await useConnecting({ options: { hello } });
    hook.now.sendMessage('a');
    const errors = await uncaught(async () => network().newest.accept());
    expect(errors).toHaveLength(1);
    await hook.becomes('open');
    expect(network().newest.sent).toEqual(['a']);
  });

  it('of the newest render is the one that is said', async () => {
    const hook = await useConnecting({ options: { hello: 'old' } });
    hook.render({ options: { hello: 'new' } });
    network().newest.accept();
    await hook.becomes('open');
    expect(network().newest.sent).toEqual(['new']);
    expect(network().sockets).toHaveLength(1);
  });
});

describe('a queue that is flushed', () => {
  it('keeps all of it when the connection has broken before it was known to be open', async () => {
    const hook = await useConnecting({ options: { reconnect: inOneSecond } });
    for (const text of ['a', 'b']) hook.now.sendMessage(text);
    network().newest.accept();
    network().newest.fail();
    await pass(1_001);
    network().newest.accept();
    await hook.becomes('open');
    expect(network().sockets.map(({ sent }) => sent)).toEqual([[], ['a', 'b']]);
  });

  it('keeps what was not sent when the connection breaks half way, none of it twice', async () => {
    const hook = await useConnecting({ options: { reconnect: inOneSecond } });
    for (const text of ['a', 'b', 'c', 'd']) hook.now.sendMessage(text);
    const [first] = network().sockets;
    if (first === undefined) throw new Error('no socket');
    const send = first.send.bind(first);
    vi.spyOn(first, 'send').mockImplementation((value) => {
      send(value);
      if (first.sent.length === 2) first.readyState = 2; // as if it had begun to close
    });
    first.accept();
    await pass(0);
    first.fail();
    await pass(1_001);
    network().newest.accept();
    await hook.becomes('open');
    expect(network().sockets.map(({ sent }) => sent)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(hook.now.queued).toBe(0);
  });

  it('drops what has waited for longer than it may, and tells of it', async () => {
    const onDrop = vi.fn();
    const hook = await useOpen({ reconnect: inOneSecond, queue: { ttlMs: 500 }, onDrop });
    network().newest.fail();
    await hook.becomes('waiting');
    hook.now.sendMessage('old');
    await pass(400);
    hook.now.sendMessage('new');
    await pass(200);
    expect(onDrop).toHaveBeenCalledExactlyOnceWith({ data: 'old', cause: 'expired' });
    hook.now.close();
    expect(onDrop).toHaveBeenLastCalledWith({ data: 'new', cause: 'closed' });
  });

  it.each([
    ['drop-oldest', ['b', 'c'], 'a'],
    ['drop-newest', ['a', 'b'], 'c'],
  ] as const)('with %s has dropped one, and told of it', async (overflow, sent, dropped) => {
    const onDrop = vi.fn();
    const options = { queue: { maxMessages: 2, overflow }, onDrop };
    const hook = await useConnecting({ options });
    for (const text of ['a', 'b', 'c']) hook.now.sendMessage(text);
    expect(onDrop).toHaveBeenCalledExactlyOnceWith({ data: dropped, cause: 'overflow' });
    network().newest.accept();
    await hook.becomes('open');
    expect(network().newest.sent).toEqual(sent);
  });
});
