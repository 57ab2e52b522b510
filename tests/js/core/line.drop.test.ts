import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Line } from '../../../js/src/core/line.js';
import { late, lineFixture } from '../../support/lineFixture.js';
import { uncaught } from '../../support/uncaught.js';
import { until } from '../../support/until.js';

// What is told of messages that will not be sent: before the core is there, by the core, and by the
// line itself.

const { server, listener, lineWith, openLine, becomes } = lineFixture();

afterEach(() => {
  vi.useRealTimers();
});

/** A line that waits long for its next attempt. */
async function waitingLine(queue: object): Promise<Line> {
  const line = await openLine({ queue, reconnect: late });
  server.cut();
  await becomes(line, 'waiting');
  return line;
}

describe.each([
  ['before the core is there', async (queue: object) => lineWith({ queue })],
  ['while the core holds the queue', waitingLine],
])('a queue that is full %s', (_, make) => {
  it('refuses by default, and tells nobody', async () => {
    const line = await make({ maxMessages: 1 });
    expect(line.send('a').state).toBe('queued');
    expect(line.send('b').reason?.code).toBe('queue-full');
    expect(listener.drops).toEqual([]);
  });

  it('drops the newest: refuses it, and tells of it', async () => {
    const line = await make({ maxMessages: 1, overflow: 'drop-newest' });
    line.send('a');
    expect(line.send('b').reason?.code).toBe('queue-full');
    expect(line.snapshot.queued).toBe(1);
    expect(listener.drops).toEqual([{ value: 'b', cause: 'overflow' }]);
  });

  it('drops the oldest: takes the new one, and tells of those that had to go', async () => {
    const line = await make({ maxBytes: 4, overflow: 'drop-oldest' });
    for (const text of ['a', 'bb', 'c']) line.send(text);
    expect(line.send('éé').state).toBe('queued');
    expect(listener.drops.map(({ value }) => value)).toEqual(['a', 'bb', 'c']);
    expect(line.snapshot.queued).toBe(1);
    expect(line.bufferedAmount()).toBe(4);
  });

  it('drives nothing out for what would not fit an empty queue either', async () => {
    const line = await make({ maxBytes: 4, overflow: 'drop-oldest' });
    line.send('a');
    expect(line.send('12345').reason?.code).toBe('queue-full');
    expect(listener.drops).toEqual([]);
    expect(line.snapshot.queued).toBe(1);
  });

  it.each(['drop-oldest', 'drop-newest'])(
    'does not throw when who is told does (%s)',
    async (overflow) => {
      const line = await make({ maxMessages: 1, overflow });
      const told = vi.spyOn(listener, 'dropped').mockImplementation(() => {
        throw new Error('in onDrop');
      });
      const errors = await uncaught(async () => {
        for (const text of ['a', 'b', 'c']) expect(() => line.send(text)).not.toThrow();
      });
      expect(told).toHaveBeenCalledTimes(2);
      expect(errors).toHaveLength(2);
      expect(line.snapshot.queued).toBe(1);
      told.mockRestore();
    },
  );
});

describe('a message that waits for longer than it may', () => {
  it('is dropped by the core, although nobody touches the queue', async () => {
    const line = await waitingLine({ ttlMs: 1 });
    line.send('a');
    await until(() => listener.drops.length === 1, 'it is dropped');
    expect(listener.drops).toEqual([{ value: 'a', cause: 'expired' }]);
    expect(line.snapshot.queued).toBe(0);
  });

  it('before the core is there brings its age along', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const line = lineWith({ queue: { ttlMs: 1_000 } });
    line.send('old');
    vi.advanceTimersByTime(1_000);
    line.send('new');
    line.open();
    await until(() => server.received.length === 1, 'the other one has arrived');
    expect(server.received).toEqual(['new']);
    expect(listener.drops).toEqual([{ value: 'old', cause: 'expired' }]);
  });

  it('is not told of when the line was let go', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const line = lineWith({ queue: { ttlMs: 1_000 } });
    line.send('old');
    vi.advanceTimersByTime(1_000);
    line.dispose();
    expect(listener.drops).toEqual([]);
  });

  it('may make its listener close the line while the core takes over: nothing opens', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const line = lineWith({ queue: { ttlMs: 1_000 } });
    listener.onEvent = (event) => event === 'drop' && line.close();
    line.send('old');
    line.open();
    vi.advanceTimersByTime(1_000);
    await becomes(line, 'closed');
    const other = await openLine();
    expect(line.snapshot.status).toBe('closed');
    expect(server.connectionCount).toBe(1);
    other.dispose();
  });

  it('does not let what its listener sends overtake what waited behind it', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const line = lineWith({ queue: { ttlMs: 1_000 } });
    listener.onEvent = (event) => event === 'drop' && line.send('again');
    line.send('old');
    vi.advanceTimersByTime(500);
    line.send('new');
    line.open();
    vi.advanceTimersByTime(500);
    await until(() => server.received.length === 2, 'both have arrived');
    expect(server.received).toEqual(['new', 'again']);
  });
});

describe('close before the core is there', () => {
  it('leaves alone what its listener sends after reconnect()', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const line = lineWith({ queue: { ttlMs: 1_000 } });
    listener.onEvent = (event) => {
      if (event !== 'drop' || line.snapshot.status !== 'closed') return;
      line.reconnect();
      line.send('again');
    };
    line.send('old');
    vi.advanceTimersByTime(500);
    line.send('new');
    vi.advanceTimersByTime(500);
    line.close();
    expect(listener.drops).toEqual([
      { value: 'old', cause: 'expired' },
      { value: 'new', cause: 'closed' },
    ]);
    expect(line.snapshot.queued).toBe(1);
    await until(() => server.received.length === 1, 'the last one has arrived');
    expect(server.received).toEqual(['again']);
  });

  it('tells of everything that waited, even when who is told throws', async () => {
    const line = lineWith();
    for (const text of ['a', 'b']) line.send(text);
    const told = vi.spyOn(listener, 'dropped').mockImplementation(() => {
      throw new Error('in onDrop');
    });
    const errors = await uncaught(async () => {
      expect(() => line.close()).not.toThrow();
    });
    expect(told.mock.calls).toEqual([
      ['a', 'closed'],
      ['b', 'closed'],
    ]);
    expect(errors).toHaveLength(2);
    told.mockRestore();
  });
});

describe('an application that sends again what is dropped', () => {
  it('does not keep the page from its other tasks', async () => {
    const line = await waitingLine({ maxMessages: 1, overflow: 'drop-oldest' });
    let [sends, tasks] = [0, 0];
    const timer = setInterval(() => {
      tasks += 1;
    }, 0);
    listener.onEvent = (event) => {
      if (event !== 'drop' || sends >= 1_000) return;
      sends += 1;
      line.send(`again ${sends}`);
    };
    line.send('a');
    line.send('b');
    expect(sends).toBeLessThan(1_000);
    await until(() => sends === 1_000, 'all has been sent again');
    clearInterval(timer);
    expect(tasks).toBeGreaterThan(1);
  });
});
