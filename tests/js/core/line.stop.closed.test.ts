import { describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import type { Line } from '../../../js/src/core/line.js';
import { late } from '../../support/lineFixture.js';
import { expectStopped, trapIn, trappingLines } from '../../support/trappingLines.js';
import { until } from '../../support/until.js';

// Lines that are closed or have messages waiting when their core traps.

const { server, listener, becomes, lineTo } = trappingLines();

describe('a line that was closed when the core stopped', () => {
  it('stays closed, and opens on a fresh core', async () => {
    const [closed, other] = [lineTo(), lineTo()];
    await Promise.all([becomes(closed, 'open'), becomes(other, 'open')]);
    closed.close(1000);
    await becomes(closed, 'closed');
    trapIn('linePump');
    other.open();
    expectStopped(other);
    expect(closed.snapshot).toMatchObject({ status: 'closed', error: null });
    closed.open();
    await becomes(closed, 'open');
  });
});

describe('a line that is being closed when the core stops', () => {
  it('is closed, and drops what waited', async () => {
    const line = lineTo(undefined, { reconnect: late });
    await becomes(line, 'open');
    server.cut();
    await becomes(line, 'waiting');
    line.send('a');
    trapIn('lineClose');
    line.close();
    expect(line.snapshot).toMatchObject({ status: 'closed', error: null, queued: 0 });
    expect(listener.drops).toEqual([{ value: 'a', cause: 'closed' }]);
    line.reconnect();
    await becomes(line, 'open');
  });
});

describe('messages that waited when the core stopped', () => {
  it('are all kept when it stops while they are handed over to it', async () => {
    const line = lineTo();
    for (const text of ['a', 'b', 'c']) line.send(text);
    const taken = Abi.prototype.lineAdopt;
    let count = 0;
    vi.spyOn(Abi.prototype, 'lineAdopt').mockImplementation(function (this: Abi, ...of) {
      count += 1;
      if (count === 2) throw new WebAssembly.RuntimeError('unreachable');
      return taken.apply(this, of);
    });
    await until(() => line.snapshot.error !== null, 'it has stopped');
    expect(line.snapshot.queued).toBe(3);
    await until(() => server.received.length === 3, 'all have arrived');
    expect(server.received).toEqual(['a', 'b', 'c']);
    expect(listener.drops).toEqual([]);
  });

  /** A line that waits long for its next attempt. */
  async function waitingLine(): Promise<Line> {
    const line = lineTo(undefined, { reconnect: late });
    await becomes(line, 'open');
    server.cut();
    await becomes(line, 'waiting');
    return line;
  }

  it('still wait, and are sent in order by the next one, as they were', async () => {
    const line = await waitingLine();
    const bytes = Uint8Array.of(1, 2);
    for (const value of ['a', bytes, 'c']) expect(line.send(value).state).toBe('queued');
    bytes.fill(9);
    trapIn('linePump');
    line.open();
    expectStopped(line);
    expect(line.snapshot.queued).toBe(3);
    expect(line.bufferedAmount()).toBe(4);
    expect(line.send('later').state).toBe('queued');
    await becomes(line, 'open');
    await until(() => server.received.length === 4, 'all have arrived');
    expect(server.received).toEqual(['a', Buffer.of(1, 2), 'c', 'later']);
    expect(line.snapshot.queued).toBe(0);
    expect(listener.drops).toEqual([]);
  });

  it('are given back when it stops in the midst of being closed', async () => {
    const line = await waitingLine();
    for (const text of ['a', 'b']) line.send(text);
    vi.spyOn(listener, 'changed').mockImplementation(() => {
      if (line.snapshot.status !== 'closed') return;
      trapIn('lineSend');
      expect(line.send('c').state).toBe('refused');
    });
    line.close();
    expect(line.snapshot).toMatchObject({ status: 'closed', reason: null, queued: 0 });
    expect(listener.drops).toEqual(['a', 'b'].map((value) => ({ value, cause: 'closed' })));
  });

  it('are given back by close()', async () => {
    const line = await waitingLine();
    for (const text of ['a', 'b']) line.send(text);
    trapIn('linePump');
    line.open();
    line.close();
    expect(line.snapshot).toMatchObject({ status: 'closed', reason: null, queued: 0 });
    expect(listener.drops).toEqual(['a', 'b'].map((value) => ({ value, cause: 'closed' })));
  });

  it('have among them the one that was queued when it stopped', async () => {
    const line = await waitingLine();
    line.send('a');
    trapIn('linePump');
    expect(line.send('b')).toEqual({ state: 'queued' });
    expectStopped(line);
    expect(line.snapshot.queued).toBe(2);
    await until(() => server.received.length === 2, 'both have arrived');
    expect(server.received).toEqual(['a', 'b']);
  });

  it('have not among them the one whose sending stopped it: that one was refused', async () => {
    const line = await waitingLine();
    line.send('a');
    trapIn('lineSend');
    expect(line.send('b').reason?.code).toBe('failed');
    await becomes(line, 'open');
    line.send('c');
    await until(() => server.received.length === 2, 'both have arrived');
    expect(server.received).toEqual(['a', 'c']);
  });
});
