import { describe, expect, it, vi } from 'vitest';
import type { SessionCallbacks } from '../../../js/src/core/socketSession.js';
import { sessionFixture } from '../../support/lineFixture.js';
import { nowhere } from '../../support/sessionUser.js';
import { uncaught } from '../../support/uncaught.js';
import { turns, until } from '../../support/until.js';

const { server, sessionWith, openSession, becomes } = sessionFixture();

describe('the user of a session', () => {
  it('hears open, message, error and close as events of the facade', async () => {
    const seen: string[] = [];
    const note = (event: Event) => {
      expect(event.target).toBe(session.socket);
      seen.push(event.type);
    };
    const user = { onOpen: note, onMessage: note, onError: note, onClose: note };
    const session = sessionWith(user);
    session.acquire();
    await becomes(session, 'open');
    session.send('x');
    await until(() => seen.includes('message'), 'it came back');
    await server.stop();
    await until(() => seen.includes('error'), 'a retry has failed');
    expect(seen.slice(0, 5)).toEqual(['open', 'message', 'close', 'error', 'close']);
  });

  it('may stop the retries after a close', async () => {
    const shouldReconnect = vi.fn((event: CloseEvent) => event.code !== 1006);
    const session = await openSession({ shouldReconnect });
    server.cut();
    await becomes(session, 'closed');
    expect(shouldReconnect).toHaveBeenCalledOnce();
    await turns();
    expect(server.connectionCount).toBe(1);
    session.reconnect();
    await becomes(session, 'open');
  });

  it('may stop the retries after a URL that did not come in time', async () => {
    const onClose = vi.fn();
    const shouldReconnect = vi.fn(() => false);
    const session = sessionWith({ onClose, shouldReconnect }, { connectTimeoutMs: 1 }, nowhere);
    session.acquire();
    await becomes(session, 'closed');
    expect(shouldReconnect).toHaveBeenCalledOnce();
    expect(onClose).toHaveBeenCalledOnce();
    expect(onClose.mock.calls[0]?.[0]).toMatchObject({ code: 1006 });
  });

  it('hears the close even when it throws while it is asked', async () => {
    const onClose = vi.fn();
    const shouldReconnect = () => {
      throw new Error('of the application');
    };
    const session = await openSession({ shouldReconnect, onClose });
    const errors = await uncaught(async () => {
      server.close(4000);
      await until(() => onClose.mock.calls.length === 1, 'it has heard the close');
      await becomes(session, 'open');
    });
    expect(errors.map((error) => (error as Error).message)).toEqual(['of the application']);
  });

  it('is asked before it hears the close, within which it may still reconnect', async () => {
    const seen: string[] = [];
    const shouldReconnect = () => {
      seen.push('asked');
      return false;
    };
    const onClose = () => {
      seen.push('close');
      if (server.connectionCount === 1) session.reconnect();
    };
    const session = await openSession({ shouldReconnect, onClose });
    server.close(4000);
    await until(() => server.connectionCount === 2, 'it has reconnected');
    await becomes(session, 'open');
    await turns();
    expect(seen).toEqual(['asked', 'close']);
    expect(session.getSnapshot().status).toBe('open');
    server.cut();
    await becomes(session, 'closed');
    expect(server.connectionCount).toBe(2);
  });

  it('need not want anything', async () => {
    const session = await openSession();
    session.watchMessages();
    session.send('x');
    await until(() => session.getSnapshot().lastMessage?.data === 'x', 'it came back');
    server.cut();
    await until(() => server.connectionCount === 2, 'it has reconnected');
    await becomes(session, 'open');
  });

  it('is called by the callbacks it has at the time', async () => {
    const [first, second] = [vi.fn(), vi.fn()];
    const callbacks: SessionCallbacks = { onMessage: first };
    const session = await openSession(callbacks);
    callbacks.onMessage = second;
    session.send('x');
    await until(() => second.mock.calls.length === 1, 'it came back');
    expect(first).not.toHaveBeenCalled();
  });

  it('is not asked about a retry that will not be', async () => {
    const shouldReconnect = vi.fn(() => true);
    const session = await openSession({ shouldReconnect });
    server.close(4403);
    await becomes(session, 'failed');
    session.reconnect();
    await becomes(session, 'open');
    session.close();
    await becomes(session, 'closed');
    expect(shouldReconnect).not.toHaveBeenCalled();
  });

  it('hears once that no retry is left, after the last close', async () => {
    const seen: string[] = [];
    const onReconnectStop = vi.fn(() => seen.push('stop'));
    const onClose = () => seen.push('close');
    const options = { reconnect: { minDelayMs: 1, maxDelayMs: 1, attempts: 2 } };
    const session = await openSession({ onReconnectStop, onClose }, options);
    await server.stop();
    await becomes(session, 'failed');
    expect(onReconnectStop).toHaveBeenCalledExactlyOnceWith(2);
    expect(seen).toEqual(['close', 'close', 'close', 'stop']);
  });

  it('hears that no retry is left when the URL could not be had', async () => {
    const seen: string[] = [];
    const onReconnectStop = vi.fn(() => seen.push('stop'));
    const onClose = ({ code }: CloseEvent) => seen.push(`close ${code}`);
    const shouldReconnect = vi.fn(() => true);
    const options = { reconnect: { minDelayMs: 1, maxDelayMs: 1, attempts: 1 } };
    const session = sessionWith(
      { onReconnectStop, onClose, shouldReconnect },
      options,
      () => () => Promise.reject(new Error('signed out')),
    );
    session.acquire();
    await becomes(session, 'failed');
    expect(session.getSnapshot().reason).toBe('attempts');
    expect(onReconnectStop).toHaveBeenCalledExactlyOnceWith(1);
    expect(seen).toEqual(['close 1006', 'close 1006', 'stop']);
    expect(shouldReconnect).toHaveBeenCalledOnce();
  });

  it('hears what waited when the line is closed', async () => {
    const onDrop = vi.fn();
    const session = await openSession({ onDrop }, { reconnect: { minDelayMs: 9_000 } });
    server.cut();
    await becomes(session, 'waiting');
    session.send('a');
    session.close();
    expect(onDrop).toHaveBeenCalledExactlyOnceWith({ data: 'a', cause: 'closed' });
  });

  it('chooses which messages are shown, and hears them all', async () => {
    const onMessage = vi.fn();
    const filter = (event: MessageEvent) => event.data !== 'hidden';
    const session = await openSession({ onMessage, filter });
    session.watchMessages();
    const shown: unknown[] = [];
    session.subscribe(() => {
      const { lastMessage } = session.getSnapshot();
      if (lastMessage !== null && shown.at(-1) !== lastMessage.data) shown.push(lastMessage.data);
    });
    for (const text of ['a', 'hidden', 'b']) session.send(text);
    await until(() => shown.includes('b'), 'the last one is shown');
    expect(shown).toEqual(['a', 'b']);
    expect(onMessage).toHaveBeenCalledTimes(3);
  });
});
