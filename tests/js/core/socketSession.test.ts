import { describe, expect, it, vi } from 'vitest';
import { sessionFixture } from '../../support/lineFixture.js';
import { turns, until } from '../../support/until.js';

const { server, sessionWith, openSession, becomes } = sessionFixture();

describe('a session', () => {
  it('does nothing until it is acquired', async () => {
    const url = vi.fn(() => server.url);
    const session = sessionWith({}, {}, url);
    await turns();
    expect(session.isAcquired).toBe(false);
    expect(session.getSnapshot()).toMatchObject({ status: 'idle', lastMessage: null });
    expect(url).not.toHaveBeenCalled();
  });

  it('keeps its socket when it is acquired again in the same task', async () => {
    const session = sessionWith();
    session.acquire();
    session.release();
    session.acquire();
    await becomes(session, 'open');
    session.release();
    session.release();
    session.acquire();
    await turns();
    expect(session.isAcquired).toBe(true);
    expect(server.connectionCount).toBe(1);
    expect(server.live).toBe(1);
  });

  it('lets go of its socket with 1000 after the task in which it was released', async () => {
    const onClose = vi.fn();
    const session = await openSession({ onClose });
    const codes: number[] = [];
    server.connections[0]?.socket.on('close', (code) => codes.push(code));
    session.release();
    expect(session.isAcquired).toBe(true);
    await until(() => !session.isAcquired, 'it is released');
    await until(() => codes.length === 1, 'the server sees the close');
    expect(codes).toEqual([1000]);
    expect(onClose).not.toHaveBeenCalled();
    expect(session.getSnapshot()).toMatchObject({ status: 'idle', lastMessage: null });
  });

  it('passes nothing on once it was discarded', async () => {
    const onMessage = vi.fn();
    const session = await openSession({ onMessage });
    session.watchMessages();
    server.connections[0]?.socket.send('too late');
    session.discard();
    await until(() => server.live === 0, 'the socket is closed');
    await turns();
    expect(onMessage).not.toHaveBeenCalled();
    expect(session.getSnapshot().lastMessage).toBeNull();
  });

  it('can be acquired again after it was discarded', async () => {
    const session = await openSession();
    session.discard();
    session.acquire();
    await becomes(session, 'open');
    expect(server.connectionCount).toBe(2);
    await until(() => server.live === 1, 'only the new socket is open');
  });

  it('is CLOSED, refuses messages and has no old URL while it is discarded', async () => {
    const session = await openSession({}, { protocols: ['chat'] });
    session.discard();
    expect(session.socket.readyState).toBe(session.socket.CLOSED);
    expect(session.socket).toMatchObject({ url: '', protocol: '', bufferedAmount: 0 });
    expect(session.send('x').reason?.code).toBe('closed');
    expect(() => session.close(1000, 'again')).not.toThrow();
    session.reconnect();
    expect(session.getSnapshot().status).toBe('idle');
    await until(() => server.live === 0, 'the socket is closed');
    expect(server.connectionCount).toBe(1);
  });

  it('keeps its binaryType when it is discarded and acquired again', async () => {
    const data: unknown[] = [];
    const session = await openSession({ onMessage: (event) => data.push(event.data) });
    session.socket.binaryType = 'arraybuffer';
    session.discard();
    expect(session.socket.binaryType).toBe('arraybuffer');
    session.acquire();
    expect(session.socket.binaryType).toBe('arraybuffer');
    await becomes(session, 'open');
    session.send(Uint8Array.of(1));
    await until(() => data.length === 1, 'it came back');
    expect(data[0]).toBeInstanceOf(ArrayBuffer);
  });

  it('refuses what is not to be kept while it is not open', async () => {
    const session = sessionWith();
    expect(session.send('a', false).reason?.code).toBe('closed');
    session.acquire();
    expect(session.send('b', false).reason?.code).toBe('closed');
    await becomes(session, 'open');
    expect(session.send('c', false)).toEqual({ state: 'sent' });
    await until(() => server.received.length === 1, 'it has arrived');
    expect(server.received).toEqual(['c']);
  });

  it('tells subscribers of changes until they leave, also while it tells them', async () => {
    const session = sessionWith();
    const calls: string[] = [];
    const leave = session.subscribe(() => {
      calls.push('first');
      leave();
    });
    session.subscribe(() => calls.push('second'));
    session.acquire();
    expect(calls).toEqual(['first', 'second']);
    await becomes(session, 'open');
    expect(calls.filter((call) => call === 'first')).toHaveLength(1);
  });

  it('keeps its snapshot while nothing changes', async () => {
    const session = await openSession();
    const before = session.getSnapshot();
    session.send('x');
    expect(session.getSnapshot()).toBe(before);
  });

  it('tells nobody of messages that nobody watches, and has the newest all the same', async () => {
    const onMessage = vi.fn();
    const session = await openSession({ onMessage });
    const listener = vi.fn();
    session.subscribe(listener);
    const before = session.getSnapshot();
    for (const text of ['a', 'b']) session.send(text);
    await until(() => onMessage.mock.calls.length === 2, 'both came back');
    expect(listener).not.toHaveBeenCalled();
    // The same object: React would render a transition again, and at once, for a new one.
    expect(session.getSnapshot()).toBe(before);
    session.watchMessages();
    await until(() => session.getSnapshot().lastMessage?.data === 'b', 'the newest is shown');
  });
});
