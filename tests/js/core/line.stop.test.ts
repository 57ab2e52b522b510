import { afterEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import type { Line } from '../../../js/src/core/line.js';
import type { LineOptions } from '../../../js/src/core/lineOptions.js';
import type { LineUrl } from '../../../js/src/core/lineUrl.js';
import { late, lineFixture } from '../../support/lineFixture.js';
import { nowhere } from '../../support/sessionUser.js';
import { uncaught } from '../../support/uncaught.js';
import { until } from '../../support/until.js';

// Lines whose core traps, and what comes after.

const fixture = lineFixture();
const { server, listener, becomes } = fixture;

afterEach(() => {
  vi.restoreAllMocks();
});

function lineTo(url: () => LineUrl = () => server.url, options?: LineOptions): Line {
  const line = fixture.lineTo(url, options);
  line.open();
  return line;
}

/** The next call of this function of the core traps. */
function trapIn(name: 'linePump' | 'lineReceive' | 'lineWoken' | 'lineSend'): void {
  vi.spyOn(Abi.prototype, name).mockImplementationOnce(() => {
    throw new WebAssembly.RuntimeError('unreachable');
  });
}

function expectStopped(line: Line): void {
  expect(line.snapshot).toMatchObject({ status: 'failed', reason: 'wasm' });
  expect(line.snapshot.error?.message).toContain('has stopped (unreachable)');
}

describe('a core that has stopped', () => {
  it('fails every line with reason wasm; reconnect() starts one fresh core for all', async () => {
    const [first, second] = [lineTo(), lineTo()];
    await Promise.all([becomes(first, 'open'), becomes(second, 'open')]);
    const start = vi.spyOn(Abi, 'start');
    trapIn('linePump');
    first.open();
    for (const line of [first, second]) expectStopped(line);
    await until(() => server.live === 0, 'their sockets are closed');
    for (const line of [first, second]) line.reconnect();
    await Promise.all([becomes(first, 'open'), becomes(second, 'open')]);
    expect(start).toHaveBeenCalledOnce();
    expect(first.send('again').state).toBe('sent');
    await until(() => listener.messages.length === 1, 'it came back');
  });

  it('is not entered again by who is told of it', async () => {
    const [first, second] = [lineTo(), lineTo()];
    await Promise.all([becomes(first, 'open'), becomes(second, 'open')]);
    const entered = vi.spyOn(Abi.prototype, 'lineReconnect');
    vi.spyOn(listener, 'changed').mockImplementation(() => {
      if (first.snapshot.status === 'failed' && second.snapshot.status === 'open') {
        second.close(1000);
        expect(second.send('x').state).toBe('refused');
      }
    });
    trapIn('linePump');
    first.open();
    for (const line of [first, second]) expectStopped(line);
    expect(entered).not.toHaveBeenCalled();
  });

  it('does not answer a URL that was asked for before it stopped', async () => {
    const answers: ((url: string) => void)[] = [];
    const line = lineTo(() => () => new Promise<string>((resolve) => answers.push(resolve)));
    await until(() => answers.length === 1, 'the URL is asked for');
    trapIn('linePump');
    line.open();
    line.reconnect();
    await until(() => answers.length === 2, 'the URL is asked for again');
    answers[0]?.(`${server.url}/old`);
    answers[1]?.(`${server.url}/new`);
    await becomes(line, 'open');
    expect(server.connections.map(({ request }) => request.url)).toEqual(['/new']);
  });

  it('within a message event fails its lines, and throws nothing at the page', async () => {
    const [line, other] = [lineTo(), lineTo()];
    await Promise.all([becomes(line, 'open'), becomes(other, 'open')]);
    const errors = await uncaught(async () => {
      trapIn('lineReceive');
      line.send('x');
      await becomes(line, 'failed');
    });
    expect(errors).toEqual([]);
    for (const each of [line, other]) expectStopped(each);
    // It had come in, so it is passed on; and both connections have ended.
    expect(listener.messages).toEqual(['x']);
    expect(listener.count('close')).toBe(2);
    await until(() => server.live === 0, 'their sockets are closed');
    line.reconnect();
    await becomes(line, 'open');
  });

  it('within the timer fails its lines, and throws nothing at the page', async () => {
    const other = lineTo();
    await becomes(other, 'open');
    const errors = await uncaught(async () => {
      trapIn('lineWoken');
      const line = lineTo(nowhere, { connectTimeoutMs: 1 });
      await becomes(line, 'failed');
      expectStopped(line);
    });
    expect(errors).toEqual([]);
    expectStopped(other);
    other.reconnect();
    await becomes(other, 'open');
  });
});

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
    await becomes(line, 'failed');
    expectStopped(line);
    expect(line.snapshot.queued).toBe(3);
    vi.restoreAllMocks();
    line.reconnect();
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

  it('still wait, and are sent in order after reconnect(), as they were', async () => {
    const line = await waitingLine();
    const bytes = Uint8Array.of(1, 2);
    for (const value of ['a', bytes, 'c']) expect(line.send(value).state).toBe('queued');
    bytes.fill(9);
    trapIn('linePump');
    line.open();
    expectStopped(line);
    expect(line.snapshot.queued).toBe(3);
    expect(line.bufferedAmount()).toBe(4);
    expect(line.send('too late').reason?.code).toBe('failed');
    line.reconnect();
    await becomes(line, 'open');
    await until(() => server.received.length === 3, 'all have arrived');
    expect(server.received).toEqual(['a', Buffer.of(1, 2), 'c']);
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
    line.reconnect();
    await until(() => server.received.length === 2, 'both have arrived');
    expect(server.received).toEqual(['a', 'b']);
  });

  it('have not among them the one whose sending stopped it: that one was refused', async () => {
    const line = await waitingLine();
    line.send('a');
    trapIn('lineSend');
    expect(line.send('b').reason?.code).toBe('failed');
    line.reconnect();
    await becomes(line, 'open');
    line.send('c');
    await until(() => server.received.length === 2, 'both have arrived');
    expect(server.received).toEqual(['a', 'c']);
  });
});
