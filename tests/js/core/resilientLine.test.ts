import { describe, expect, it } from 'vitest';
import { logOf, socketFixture } from '../../support/socketFixture.js';
import { turns, until } from '../../support/until.js';

const { server, socketWith, openSocket, isOpen } = socketFixture();

describe('a line of a socket', () => {
  it('is the same object over all connections, with an open and a close for each', async () => {
    const socket = await openSocket();
    const log = logOf(socket);
    for (const count of [2, 3]) {
      server.cut();
      await until(() => server.connectionCount === count && socket.readyState === 1, 'it is back');
    }
    expect(log).toEqual(['1006 3', 'open 1', '1006 3', 'open 1']);
    expect(server.live).toBe(1);
  });

  it('asks for URL and subprotocols afresh for each attempt, sync or async', async () => {
    let count = 0;
    const url = () => `${server.url}/${++count}`;
    const protocols = async () => [`ticket-${count}`, 'chat'];
    const socket = socketWith({}, url, protocols);
    expect(socket.url).toBe('');
    await isOpen(socket);
    expect(socket).toMatchObject({ url: `${server.url}/1`, protocol: 'ticket-1' });
    server.cut();
    await until(() => server.connectionCount === 2 && socket.readyState === 1, 'it is back');
    const asked = server.connections.map(({ request }) => [
      request.url,
      request.headers['sec-websocket-protocol'],
    ]);
    expect(asked).toEqual([
      ['/1', 'ticket-1,chat'],
      ['/2', 'ticket-2,chat'],
    ]);
    expect(socket.protocol).toBe('ticket-2');
  });

  it('tries again when a provider throws or rejects', async () => {
    let asked = 0;
    const url = () => {
      asked += 1;
      if (asked === 1) throw new Error('not yet');
      return asked === 2 ? Promise.reject(new Error('nor now')) : server.url;
    };
    const socket = socketWith({}, url);
    const log = logOf(socket);
    await isOpen(socket);
    expect(log).toEqual(['error 3', '1006 3', 'error 3', '1006 3', 'open 1']);
  });

  it('ends, and tells why, when a provider gives what is no URL', async () => {
    const socket = socketWith({}, () => 'ftp://host/');
    const log = logOf(socket);
    await until(() => log.length === 2, 'it is told');
    await turns();
    expect(log).toEqual(['error 3', '1006 3']);
    await until(() => !socket.shouldReconnect, 'it has come to its end');
  });

  it('reconnect leaves a wait at once, and counts anew', async () => {
    const socket = await openSocket({ minReconnectionDelay: 60_000, maxReconnectionDelay: 60_000 });
    server.cut();
    await until(() => socket.retryCount === 1, 'it waits');
    socket.reconnect();
    expect(socket.readyState).toBe(0);
    await isOpen(socket);
    expect(server.live).toBe(1);
  });

  it('reconnect replaces an open connection, closed with what it says', async () => {
    const socket = await openSocket();
    const log = logOf(socket);
    const codes: unknown[] = [];
    server.connections[0]?.socket.on('close', (code, reason) => codes.push(code, `${reason}`));
    socket.reconnect(3000, 'move');
    await until(() => server.connectionCount === 2 && socket.readyState === 1, 'it is back');
    await until(() => codes.length === 2, 'the server was told');
    expect(codes).toEqual([3000, 'move']);
    expect(log.filter((word) => !word.startsWith('open'))).toHaveLength(1);
    expect(server.live).toBe(1);
  });

  it('starts closed if it is told to, and keeps what is sent', async () => {
    const socket = socketWith({ startClosed: true });
    socket.send('a');
    await turns();
    expect([socket.readyState, socket.shouldReconnect, server.connectionCount]).toEqual([
      3,
      false,
      0,
    ]);
    socket.reconnect();
    await until(() => server.received.length === 1, 'it has arrived');
  });

  it('asks shouldReconnectOnClose', async () => {
    const asked: number[] = [];
    const shouldReconnectOnClose = ({ code }: CloseEvent) => {
      asked.push(code);
      return code !== 4000;
    };
    const socket = await openSocket({ shouldReconnectOnClose });
    server.cut();
    await until(() => server.connectionCount === 2 && socket.readyState === 1, 'it is back');
    server.close(4000);
    await until(() => asked.length === 2, 'it is closed');
    await turns();
    expect(asked).toEqual([1006, 4000]);
    expect([socket.readyState, socket.shouldReconnect, server.connectionCount]).toEqual([
      3,
      false,
      2,
    ]);
  });

  it('close and reconnect in one go is one connection', async () => {
    const socket = socketWith();
    for (let i = 0; i < 50; i++) {
      socket.close();
      socket.reconnect();
    }
    await isOpen(socket);
    await turns();
    expect(server.connectionCount).toBe(1);
  });
});
