import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Line } from '../../../js/src/core/line.js';
import type { LineOptions } from '../../../js/src/core/lineOptions.js';
import { lineFixture } from '../../support/lineFixture.js';
import { turns, until } from '../../support/until.js';

// A line whose core is still to come, or does not come.

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
// Behind the fixture's: hooks run backwards after a test.
afterEach(async () => {
  await turns(2);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
const { server, listener, lineTo, becomes } = lineFixture();
let client: typeof import('../../../js/src/core/line.js');

beforeEach(async () => {
  process.on('unhandledRejection', note);
  // Fresh modules: each case loads the core anew.
  vi.resetModules();
  client = await import('../../../js/src/core/line.js');
});
afterEach(() => {
  vi.restoreAllMocks();
});

function lineWith(options?: LineOptions): Line {
  return lineTo(() => server.url, options, client.Line);
}

function failToCompile() {
  const refusal = new WebAssembly.CompileError('Wasm code generation disallowed by embedder');
  return vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(refusal);
}

describe('messages sent before the core is there', () => {
  it('arrive first and in order', async () => {
    const line = lineWith();
    expect(line.send('a')).toEqual({ state: 'queued' });
    line.open();
    line.send('b');
    expect(line.snapshot.queued).toBe(2);
    expect(line.bufferedAmount()).toBe(2);
    listener.onEvent = (event) => event === 'open' && line.send('c');
    await until(() => server.received.length === 3, 'all have arrived');
    expect(server.received).toEqual(['a', 'b', 'c']);
    expect(line.snapshot.queued).toBe(0);
  });

  it('are bounded as they are later', () => {
    const line = lineWith({ queue: { maxMessages: 2, maxBytes: 6 }, messageBytesMax: 6 });
    expect(line.send('1234567').reason?.code).toBe('too-large');
    expect(line.send('éé').state).toBe('queued');
    expect(line.send('ééé').reason?.message).toContain('queue.maxBytes');
    expect(line.send('a').state).toBe('queued');
    expect(line.send('a').reason?.message).toContain('queue.maxMessages');
  });

  it.each([[undefined], [null], [5], [{ a: 1 }]])('of %o are refused', (value) => {
    expect(lineWith().send(value)).toMatchObject({
      state: 'refused',
      reason: { code: 'unsendable' },
    });
  });

  it('are refused when they are not to be kept', () => {
    const line = lineWith();
    expect(line.send('a', false)).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
    expect(line.snapshot.queued).toBe(0);
  });

  it('are refused while the line is closed', () => {
    const line = lineWith();
    line.close();
    expect(line.send('a')).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
  });

  it('never get lost: what was queued is sent, however many bytes its text has', async () => {
    // Characters count for messageBytesMax, whether the line is open or not.
    const line = lineWith({ messageBytesMax: 8 });
    expect(line.send('éééééé').state).toBe('queued');
    line.open();
    await becomes(line, 'open');
    expect(line.send('öööööö').state).toBe('sent');
    await until(() => server.received.includes('öööööö'), 'the second has arrived');
    expect(server.received).toEqual(['éééééé', 'öööööö']);
  });
});

describe('disposed before the core is there', () => {
  it('the line makes no socket and says nothing', async () => {
    const line = lineWith();
    line.open();
    line.send('a');
    line.dispose();
    const other = lineWith();
    other.open();
    await becomes(other, 'open');
    line.open();
    line.reconnect();
    expect(line.send('b').state).toBe('refused');
    other.close();
    await becomes(other, 'closed');
    expect(server.connectionCount).toBe(1);
    expect(listener.events).toEqual(['open', 'close']);
  });
});

describe('a core that cannot be loaded', () => {
  it('fails the line with reason wasm and a remedy', async () => {
    failToCompile();
    const line = lineWith();
    line.open();
    await becomes(line, 'failed');
    expect(line.snapshot).toMatchObject({ reason: 'wasm', error: { code: 'wasm' } });
    expect(line.snapshot.error?.message).toContain('call reconnect()');
    const { reason } = line.send('x');
    expect(reason?.code).toBe('failed');
    expect(reason?.cause).toBe(line.snapshot.error);
  });

  it('is loaded anew by reconnect(), and what waited is sent', async () => {
    failToCompile();
    const line = lineWith();
    line.send('a');
    line.open();
    await becomes(line, 'failed');
    expect(line.snapshot.queued).toBe(1);
    line.open();
    expect(line.snapshot.status).toBe('failed');
    line.reconnect();
    await becomes(line, 'open');
    await until(() => server.received.length === 1, 'it has arrived');
    expect(line.snapshot).toMatchObject({ reason: null, error: null, queued: 0 });
  });

  it('leaves a line alone that was closed meanwhile', async () => {
    const compile = failToCompile();
    const line = lineWith();
    line.open();
    line.close();
    await until(() => compile.mock.settledResults.length > 0, 'the load has failed');
    await turns();
    expect(line.snapshot).toMatchObject({ status: 'closed', reason: null, error: null });
  });
});
