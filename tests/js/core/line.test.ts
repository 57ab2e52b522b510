import { describe, expect, it, vi } from 'vitest';
import { late, lineFixture } from '../../support/lineFixture.js';
import { turns, until } from '../../support/until.js';

const { server, listener, lineTo, lineWith, openLine, becomes } = lineFixture();

describe('a line', () => {
  it('does nothing before it is opened', async () => {
    const url = vi.fn(() => server.url);
    const line = lineTo(url);
    await turns();
    expect(line.snapshot).toEqual({
      status: 'idle',
      attempt: 0,
      retryAt: null,
      reason: null,
      error: null,
      queued: 0,
    });
    expect(url).not.toHaveBeenCalled();
    expect(server.connectionCount).toBe(0);
  });

  it('opens once, however often it is asked to', async () => {
    const line = lineWith();
    line.open();
    line.open();
    expect(line.snapshot.status).toBe('connecting');
    await becomes(line, 'open');
    line.open();
    await turns();
    expect(server.connectionCount).toBe(1);
    expect(listener.events).toEqual(['open']);
  });

  it('gives a new snapshot when something has changed, else the same', async () => {
    const line = await openLine();
    const before = line.snapshot;
    line.send('x');
    await until(() => listener.count('message') === 1, 'it came back');
    expect(line.snapshot).toBe(before);
    line.close();
    expect(line.snapshot).not.toBe(before);
  });

  it('comes back after a cut and shows the retry while it waits', async () => {
    const line = await openLine({ reconnect: late });
    const before = Date.now();
    server.cut();
    await becomes(line, 'waiting');
    const { attempt, retryAt } = line.snapshot;
    expect(attempt).toBe(1);
    expect(retryAt).toBeGreaterThan(before + 59_000);
    expect(retryAt).toBeLessThan(Date.now() + 61_000);
    expect(listener.closes).toEqual([{ code: 1006, wasClean: false, reason: '' }]);
    line.reconnect();
    await becomes(line, 'open');
    expect(line.snapshot).toMatchObject({ attempt: 0, retryAt: null });
    expect(listener.events).toEqual(['open', 'close', 'open', 'outage']);
  });

  it('comes back by itself, and sends what waited meanwhile in order', async () => {
    const line = await openLine();
    await server.stop();
    await until(() => listener.count('close') > 0, 'the cut is noticed');
    for (const text of ['a', 'b', 'c']) expect(line.send(text).state).toBe('queued');
    expect(line.snapshot.queued).toBe(3);
    await server.start();
    await until(() => server.received.length === 3, 'all has arrived');
    expect(server.received).toEqual(['a', 'b', 'c']);
    expect(line.snapshot.queued).toBe(0);
  });

  it('keeps trying while the server is away, one close for each attempt', async () => {
    await server.stop();
    const line = lineWith();
    line.open();
    await until(() => listener.count('close') >= 3, 'three attempts have failed');
    expect(line.snapshot.attempt).toBeGreaterThanOrEqual(3);
    expect(listener.count('error')).toBe(listener.count('close'));
    expect(listener.count('open')).toBe(0);
  });

  it.each([
    [1000, 'waiting', null],
    [1001, 'waiting', null],
    [1008, 'failed', 'rejected'],
    [1011, 'waiting', null],
    [1012, 'waiting', null],
    [4000, 'waiting', null],
    [4403, 'failed', 'auth'],
    [4408, 'waiting', null],
    [4409, 'failed', 'rejected'],
  ])('after close code %d is %s', async (code, status, reason) => {
    const line = await openLine({ reconnect: late });
    server.close(code, 'because');
    await becomes(line, status);
    expect(line.snapshot.reason).toBe(reason);
    expect(line.snapshot.error?.code).toBe(reason === null ? undefined : 'failed');
    expect(listener.closes).toEqual([{ code, wasClean: true, reason: 'because' }]);
  });

  it('that has failed stays so until reconnect()', async () => {
    const line = await openLine();
    server.close(4403);
    await becomes(line, 'failed');
    line.open();
    expect(line.snapshot.status).toBe('failed');
    expect(line.send('x').reason?.code).toBe('failed');
    line.reconnect();
    await becomes(line, 'open');
    expect(line.snapshot).toMatchObject({ reason: null, error: null, attempt: 0 });
  });

  it('that has failed can be closed, and opened after that', async () => {
    const line = await openLine();
    server.close(4403);
    await becomes(line, 'failed');
    line.close();
    expect(line.snapshot).toMatchObject({ status: 'closed', reason: null, error: null });
    expect(line.send('x').reason?.code).toBe('closed');
    line.open();
    await becomes(line, 'open');
  });

  it('replaces an open connection when asked to reconnect', async () => {
    const line = await openLine();
    line.reconnect();
    await until(() => listener.count('open') === 2, 'it is open again');
    expect(listener.closes).toEqual([{ code: 1000, wasClean: true, reason: '' }]);
    await until(() => server.live === 1, 'the former socket is closed');
  });
});

describe('close', () => {
  it('ends with the code and reason that were given', async () => {
    const line = await openLine();
    line.close(4001, 'grüße');
    expect(line.snapshot.status).toBe('closing');
    await becomes(line, 'closed');
    expect(listener.closes).toEqual([{ code: 4001, wasClean: true, reason: 'grüße' }]);
    await turns();
    expect(server.connectionCount).toBe(1);
  });

  it('before the core is there leaves no socket, and reports what waited', async () => {
    const line = lineWith();
    line.open();
    line.send('a');
    line.send('b');
    line.close();
    expect(line.snapshot).toMatchObject({ status: 'closed', queued: 0 });
    const drops = ['a', 'b'].map((value) => ({ value, cause: 'closed' }));
    expect(listener.drops).toEqual(drops);
    await turns();
    expect(server.connectionCount).toBe(0);
    line.open();
    await becomes(line, 'open');
    expect(server.received).toEqual([]);
  });

  it('while connecting leaves no socket', async () => {
    const line = lineWith();
    line.open();
    await until(() => line.chosen().url !== '', 'the socket is being opened');
    line.close();
    expect(line.snapshot.status).toBe('closed');
    await turns();
    await until(() => server.live === 0, 'no socket is left');
    expect(listener.events).toEqual(['error', 'close']);
    expect(listener.closes).toEqual([{ code: 1006, wasClean: false, reason: '' }]);
  });

  it('while waiting stays closed', async () => {
    const line = await openLine({ reconnect: late });
    server.cut();
    await becomes(line, 'waiting');
    line.close();
    expect(line.snapshot).toMatchObject({ status: 'closed', retryAt: null });
  });

  it('throws for what a close frame cannot carry, and changes nothing', async () => {
    const line = await openLine();
    expect(() => line.close(1001)).toThrow(TypeError);
    expect(() => line.close(undefined, 'why')).toThrow(TypeError);
    expect(line.snapshot.status).toBe('open');
  });

  it('takes back an opening that was asked for while closing, and the other way', async () => {
    const line = await openLine();
    line.close();
    line.open();
    await until(() => listener.count('open') === 2, 'it is open again');
    line.close();
    line.open();
    line.close();
    await becomes(line, 'closed');
    expect(listener.events).toEqual(['open', 'close', 'open', 'close']);
  });
});
