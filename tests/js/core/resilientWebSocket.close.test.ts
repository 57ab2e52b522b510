import { describe, expect, it } from 'vitest';
import { preload } from '../../../js/src/core/loadCore.js';
import { logOf, socketFixture, thrownBy } from '../../support/socketFixture.js';
import { turns, until } from '../../support/until.js';

const { server, socketWith, openSocket } = socketFixture();

describe('close', () => {
  it.each([
    [[1001], 'InvalidAccessError'],
    [[999.6], 'nothing'],
    [['x'], 'InvalidAccessError'],
    [[null], 'InvalidAccessError'],
    [[5000], 'InvalidAccessError'],
    [[3000, 'ü'.repeat(62)], 'SyntaxError'],
    [[undefined, 'x'.repeat(124)], 'SyntaxError'],
    [[3000, 'ü'.repeat(61)], 'nothing'],
    [[], 'nothing'],
  ])('with %j throws %s', async (given, name) => {
    const socket = await openSocket();
    const [code, reason] = given as [number, string];
    expect(thrownBy(() => socket.close(code, reason))).toBe(name);
    expect(socket.readyState).toBe(name === 'nothing' ? 2 : 1);
  });

  it('of an open socket is CLOSING at once, and told once', async () => {
    const socket = await openSocket();
    const log = logOf(socket);
    socket.close(3001, 'bye');
    socket.close();
    expect(socket.readyState).toBe(2);
    expect(socket.shouldReconnect).toBe(false);
    await until(() => log.length > 0, 'it is told');
    await turns();
    expect(log).toEqual(['3001 3']);
  });

  it('within an event is CLOSING at once as well, and no message follows', async () => {
    const socket = await openSocket();
    const log = logOf(socket);
    socket.addEventListener('message', () => {
      socket.close();
      log.push(`then ${socket.readyState}`);
    });
    for (const { socket: end } of server.connections) {
      end.send('a');
      end.send('b');
    }
    await until(() => log.at(-1)?.endsWith(' 3') === true, 'it is closed');
    expect(log).toEqual(['a 1', 'then 2', '1005 3']);
  });

  it('before the core is there ends in error and close, each once', async () => {
    const socket = socketWith();
    const log = logOf(socket);
    socket.close();
    expect(socket.readyState).toBe(2);
    await until(() => socket.readyState === 3, 'it is closed');
    await turns();
    expect(log).toEqual(['error 3', '1006 3']);
    expect(server.connectionCount).toBe(0);
  });

  it('ends in error and close at whatever moment of loading', async () => {
    await preload();
    for (let microtasks = 0; microtasks < 30; microtasks++) {
      const socket = socketWith();
      const log = logOf(socket);
      for (let i = 0; i < microtasks; i++) await null;
      socket.close();
      await until(() => log.length === 2, `it is closed after ${microtasks} microtasks`);
      expect(log).toEqual(['error 3', '1006 3']);
    }
  });

  it('leaves no socket, at whatever moment of loading it was told to reconnect', async () => {
    await preload();
    for (let microtasks = 0; microtasks < 30; microtasks++) {
      const socket = socketWith();
      const log = logOf(socket);
      for (let i = 0; i < microtasks; i++) await null;
      socket.reconnect();
      await until(() => socket.readyState === 1, 'it is open');
      socket.send('once');
      await until(() => log.includes('once 1'), 'it came back');
      await turns(2);
      expect(log.filter((word) => word === 'once 1')).toHaveLength(1);
      socket.close();
      await until(() => server.live === 0, `no socket is left after ${microtasks} microtasks`);
    }
  });

  it('while it connects ends in error and close, each once', async () => {
    await openSocket(); // the core is loaded
    let say = (_url: string) => {};
    const url = () =>
      new Promise<string>((resolve) => {
        say = resolve;
      });
    const socket = socketWith({}, url);
    const log = logOf(socket);
    await turns();
    socket.close();
    expect(socket.readyState).toBe(2);
    say(server.url);
    await until(() => socket.readyState === 3, 'it is closed');
    await turns();
    expect(log).toEqual(['error 3', '1006 3']);
    expect(server.connectionCount).toBe(1);
  });

  it('during the wait is silent: the close was told', async () => {
    const socket = await openSocket({ minReconnectionDelay: 60_000, maxReconnectionDelay: 60_000 });
    const log = logOf(socket);
    server.cut();
    await until(() => log.length > 0, 'it is lost');
    socket.close();
    await turns();
    expect(log).toEqual(['1006 3']);
    expect(socket.readyState).toBe(3);
  });
});

describe('reconnect with a code', () => {
  it('connects again, also where nothing is retried and it is 4401', async () => {
    const socket = await openSocket({ maxRetries: 0 });
    const log = logOf(socket);
    socket.reconnect(4401);
    await until(() => log.includes('open 1'), 'it is open again');
    expect(socket.shouldReconnect).toBe(true);
    expect(log.at(-1)).toBe('open 1');
    expect(server.connectionCount).toBe(2);
  });
});
