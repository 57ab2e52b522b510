import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Line } from '../../../js/src/core/line.js';
import type { LineOptions } from '../../../js/src/core/lineOptions.js';
import type { LineUrl } from '../../../js/src/core/lineUrl.js';
import { loadCore } from '../../../js/src/core/loadCore.js';
import { late, lineFixture } from '../../support/lineFixture.js';
import { turns, until } from '../../support/until.js';

const { server, listener, lineTo, becomes } = lineFixture();

beforeEach(async () => {
  await loadCore();
});

function openLine(url: () => LineUrl, options?: LineOptions): Line {
  const line = lineTo(url, options);
  line.open();
  return line;
}

/** Promises of a URL that the test answers. */
function questions() {
  const asked: { answer(url: string): void; refuse(error: unknown): void }[] = [];
  const ask = () =>
    new Promise<string>((answer, refuse) => {
      asked.push({ answer, refuse });
    });
  return { asked, ask };
}

describe('the URL', () => {
  it('may be a function', async () => {
    const line = openLine(() => () => `${server.url}/?token=1`);
    await becomes(line, 'open');
    expect(server.connections[0]?.request.url).toBe('/?token=1');
  });

  it('is asked for afresh for each attempt', async () => {
    let token = 0;
    const line = openLine(() => async () => `${server.url}/?token=${++token}`);
    await becomes(line, 'open');
    server.cut();
    await until(() => listener.count('open') === 2, 'the line is open again');
    expect(server.connections.map(({ request }) => request.url)).toEqual([
      '/?token=1',
      '/?token=2',
    ]);
  });

  it('that cannot be had is asked for again, and the error says why', async () => {
    const url = vi.fn<() => Promise<string>>(async () => server.url);
    url.mockRejectedValueOnce(new Error('signed out'));
    const slow = { reconnect: late };
    const line = openLine(() => url, slow);
    await becomes(line, 'waiting');
    expect(line.snapshot.error?.code).toBe('url');
    expect(line.snapshot.error?.message).toContain('(signed out)');
    expect(listener.events).toEqual(['error', 'close']);
    expect(listener.closes).toEqual([{ code: 1006, wasClean: false, reason: '' }]);
    line.reconnect();
    await becomes(line, 'open');
    expect(line.snapshot.error).toBeNull();
    expect(url).toHaveBeenCalledTimes(2);
  });

  it('whose function throws counts as one that cannot be had', async () => {
    const slow = { reconnect: late };
    const thrower = () => {
      throw new Error('not yet');
    };
    const line = openLine(() => thrower, slow);
    await becomes(line, 'waiting');
    expect(line.snapshot.error?.message).toContain('(not yet)');
  });

  it('that never comes is given up in time', async () => {
    const { asked, ask } = questions();
    const line = openLine(() => ask, { connectTimeoutMs: 1 });
    await until(() => asked.length === 2, 'it is asked for again');
    expect(listener.events).toEqual(['error', 'close']);
    expect(listener.closes).toEqual([{ code: 1006, wasClean: false, reason: '' }]);
    asked[0]?.answer(`${server.url}/?late`);
    await turns();
    expect(server.connectionCount).toBe(0);
    asked[1]?.answer(server.url);
    line.dispose();
  });

  it.each([
    ['ftp://example.com', "'ftp:'"],
    ['/line', 'not valid'],
    ['ws://example.com/#a', '#fragment'],
  ])('%s fails the line at once and says what is wrong', async (url, part) => {
    const line = openLine(() => url);
    await becomes(line, 'failed');
    expect(line.snapshot).toMatchObject({ reason: 'url', error: { code: 'url' } });
    expect(line.snapshot.error?.message).toContain(part);
    expect(listener.events).toEqual(['error', 'close']);
  });

  it('that a function gives in another type fails the line too', async () => {
    const line = openLine(() => (() => 5) as unknown as () => string);
    await becomes(line, 'failed');
    expect(line.snapshot.error?.message).toContain('must be a string, not number');
  });

  it('comes too late once the line was closed', async () => {
    const { asked, ask } = questions();
    const line = openLine(() => ask);
    await until(() => asked.length === 1, 'it is asked for');
    line.close();
    expect(listener.events).toEqual(['error', 'close']);
    asked[0]?.answer(server.url);
    await turns();
    expect(line.snapshot.status).toBe('closed');
    expect(server.connectionCount).toBe(0);
  });

  it('of an attempt that was given up is ignored', async () => {
    const { asked, ask } = questions();
    const line = openLine(() => ask);
    await until(() => asked.length === 1, 'it is asked for');
    line.reconnect();
    expect(asked.length).toBe(2);
    asked[1]?.answer(`${server.url}/new`);
    asked[0]?.answer(`${server.url}/old`);
    await becomes(line, 'open');
    await turns();
    expect(server.connections.map(({ request }) => request.url)).toEqual(['/new']);
    expect(line.chosen().url).toBe(`${server.url}/new`);
    expect(line.snapshot.error).toBeNull();
  });
});

describe('dispose', () => {
  it('while the URL is pending leaves no socket', async () => {
    const { asked, ask } = questions();
    const line = openLine(() => ask);
    await until(() => asked.length === 1, 'it is asked for');
    line.dispose();
    asked[0]?.answer(server.url);
    await turns();
    expect(server.connectionCount).toBe(0);
  });

  it('while the URL is pending lets its rejection go unnoticed', async () => {
    const { asked, ask } = questions();
    const line = openLine(() => ask);
    await until(() => asked.length === 1, 'it is asked for');
    line.dispose();
    asked[0]?.refuse(new Error('too late'));
    await turns();
    expect(listener.events).toEqual([]);
  });
});
