// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Line } from '../../../js/src/core/line.js';
import { logOf, socketFixture } from '../../support/socketFixture.js';
import { turns, until } from '../../support/until.js';

const { server, openSocket, socketWith, isOpen } = socketFixture();

afterEach(() => {
  vi.restoreAllMocks();
});

/** The page goes into the back/forward cache, or comes back from it. */
function page(type: 'pagehide' | 'pageshow'): void {
  window.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
}

describe('the end of a socket', () => {
  it('lets its line go, so that nothing of it is left in the core', async () => {
    const disposed = vi.spyOn(Line.prototype, 'dispose');
    for (const end of [() => server.cut(), () => server.close(1000)]) {
      const socket = await openSocket({ maxRetries: 0 });
      end();
      await until(() => !socket.shouldReconnect, 'it has ended');
      expect(socket.readyState).toBe(3);
    }
    const closed = await openSocket();
    closed.close();
    await until(() => disposed.mock.calls.length === 3, 'all are let go');
    expect([closed.url, closed.readyState]).toEqual([`${server.url}/`, 3]);
  });

  it('after the last retry is told once, and reconnect starts anew', async () => {
    const socket = await openSocket({ maxRetries: 2 });
    const log = logOf(socket);
    await server.stop();
    await until(() => !socket.shouldReconnect, 'it has given up');
    expect(log).toEqual(['1006 3', 'error 3', '1006 3', 'error 3', '1006 3']);
    expect(socket.retryCount).toBe(2);
    await server.start();
    socket.reconnect();
    expect([socket.readyState, socket.shouldReconnect]).toEqual([0, true]);
    await isOpen(socket);
    expect(log.slice(5)).toEqual(['open 1']);
  });

  it('is what the server says with 4403, and is not tried again', async () => {
    const socket = await openSocket();
    const log = logOf(socket);
    server.close(4403);
    await until(() => !socket.shouldReconnect, 'it has ended');
    expect(log).toEqual(['4403 3']);
    expect(server.connectionCount).toBe(1);
  });

  it('comes with a page that is stored, for good where there is but one connection', async () => {
    const once = await openSocket({ maxRetries: 0 });
    page('pagehide');
    await until(() => once.readyState === 3, 'it is closed');
    page('pageshow');
    await turns(50);
    expect([once.readyState, server.connectionCount]).toEqual([3, 1]);

    const again = await openSocket();
    page('pagehide');
    await until(() => again.readyState === 3, 'it is closed');
    page('pageshow');
    await isOpen(again);
    expect(server.connectionCount).toBe(3);
  });
});

describe('a heartbeat', () => {
  it('replaces a connection that does not answer', async () => {
    server.isMute = true;
    const heartbeat = { intervalMs: 5, timeoutMs: 5, message: () => 'are you there' };
    const socket = socketWith({ heartbeat });
    const log = logOf(socket);
    await until(() => server.connectionCount > 1, 'it is replaced');
    expect(log.slice(0, 3)).toEqual(['open 1', 'error 3', '1006 3']);
    expect(server.received[0]).toBe('are you there');
  });
});
