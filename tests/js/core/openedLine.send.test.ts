import { afterEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import type { LineCallbacks } from '../../../js/src/core/lineCallbacks.js';
import { type DefinitionOptions, defineLine } from '../../../js/src/core/lineDefinition.js';
import { type OpenedLine, openLine } from '../../../js/src/core/openedLine.js';
import { messages } from '../../../js/src/core/stateDefinition.js';
import { Reject } from '../../../js/src/server/index.js';
import { late, soon } from '../../support/lineFixture.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { turns, until } from '../../support/until.js';

// The line of a definition against the real server, over loopback: what it sends.

const serve = streamServerFixture();
const opened: OpenedLine[] = [];

afterEach(() => {
  for (const line of opened.splice(0)) line.dispose();
  vi.restoreAllMocks();
});

const state = { chat: messages<{ text: string }>({ stream: 'chat' }) };

type Options = Omit<DefinitionOptions, 'state'>;

function lineTo(url: string, callbacks: LineCallbacks = {}, options: Options = {}) {
  const definition = defineLine(url, { reconnect: soon, ...options, state });
  const line = openLine(definition, callbacks);
  opened.push(line);
  const isOpen = () => until(() => line.snapshot.status === 'open', 'the line is open');
  return { definition, line, isOpen };
}

describe('a message', () => {
  it('is acknowledged with what the handler replied', async () => {
    const { url } = await serve({ onMessage: ({ message, reply }) => reply({ got: message }) });
    const { line, definition, isOpen } = lineTo(url);
    await isOpen();
    const { state: at, settled } = line.send(definition.chat, { text: 'hello' });
    expect(at).toBe('sent');
    expect(await settled).toEqual({ outcome: 'acked', value: { got: { text: 'hello' } } });
  });

  it('is acknowledged without a value when the handler says nothing', async () => {
    const { url, handled } = await serve();
    const { line } = lineTo(url);
    expect(await line.send('chat', 1).settled).toEqual({ outcome: 'acked', value: undefined });
    expect(handled).toEqual([{ stream: 'chat', message: 1 }]);
  });

  it('is rejected with the code and the text of the handler, and the next one is not', async () => {
    const { url } = await serve({
      onMessage: ({ message }) => {
        if (message === '') throw new Reject(4400, 'a message needs a text');
      },
    });
    const { line } = lineTo(url);
    const [bad, good] = [line.send('chat', ''), line.send('chat', 'x')];
    expect(await bad.settled).toMatchObject({
      outcome: 'rejected',
      code: 4400,
      text: 'a message needs a text',
      reason: { code: 'rejected' },
    });
    expect((await good.settled).outcome).toBe('acked');
  });

  it('waits in order while the line is connecting, also before the core is there', async () => {
    const { url, handled } = await serve();
    const { line, isOpen } = lineTo(url);
    const receipts = ['a', 'b', 'c'].map((text) => line.send('chat', text));
    expect(receipts.map(({ state: at }) => at)).toEqual(['queued', 'queued', 'queued']);
    expect(line.snapshot.queued).toBe(3);
    await isOpen();
    for (const { settled } of receipts) expect((await settled).outcome).toBe('acked');
    expect(handled.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
    expect(line.snapshot.queued).toBe(0);
  });

  it('that is larger than the server takes is rejected, and the line stays', async () => {
    const { url } = await serve({ limits: { frameBytes: 32_768 } });
    const { line, isOpen } = lineTo(url);
    await isOpen();
    const { settled } = line.send('chat', 'x'.repeat(40_000));
    expect(await settled).toMatchObject({ outcome: 'rejected', reason: { code: 'too-large' } });
    expect((await line.send('chat', 'x').settled).outcome).toBe('acked');
  });
});

describe('many messages', () => {
  it('take effect once and in order, though the connection is cut again and again', async () => {
    const { url, handled, cut } = await serve({ limits: { framesPerSecond: 100_000 } });
    const { line, isOpen } = lineTo(url);
    const settled: Promise<{ outcome: string }>[] = [];
    for (let round = 0; round < 5; round++) {
      await isOpen();
      for (let i = 0; i < 100; i++) settled.push(line.send('chat', round * 100 + i).settled);
      await until(() => handled.length > round * 100 + 20, 'some are handled');
      cut();
    }
    const outcomes = (await Promise.all(settled)).map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(['acked']));
    expect(handled.map(({ message }) => message)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });
});

describe('what becomes of messages when the line goes', () => {
  /** A line with one message that the handler holds, and what it said of it. */
  async function withHeld(options: Options = {}) {
    let release = () => {};
    const server = await serve({
      onMessage: () => new Promise<void>((resolve) => (release = resolve)),
      limits: { messageWindow: 1 },
    });
    const onDrop = vi.fn();
    const made = lineTo(server.url, { onDrop }, options);
    await made.isOpen();
    const held = made.line.send('chat', 'held');
    const waiting = made.line.send('chat', 'waiting');
    expect([held.state, waiting.state]).toEqual(['sent', 'queued']);
    return { ...server, ...made, held, waiting, onDrop, release: () => release() };
  }

  it('is unknown for what was sent, and rejected for what waited, after close()', async () => {
    const { line, held, waiting, onDrop, release } = await withHeld();
    line.close();
    expect((await held.settled).outcome).toBe('unknown');
    expect(await waiting.settled).toMatchObject({
      outcome: 'rejected',
      reason: { code: 'closed' },
    });
    expect(onDrop).toHaveBeenCalledExactlyOnceWith({
      data: 'waiting',
      stream: 'chat',
      cause: 'closed',
    });
    release();
  });

  it('is the same after dispose()', async () => {
    const { line, held, waiting, release } = await withHeld();
    line.dispose();
    expect((await held.settled).outcome).toBe('unknown');
    expect((await waiting.settled).outcome).toBe('rejected');
    expect(line.send('chat', 1)).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
    release();
  });

  it('is expired for what waited for too long', async () => {
    const { waiting, release } = await withHeld({ queue: { ttlMs: 20 } });
    expect((await waiting.settled).outcome).toBe('expired');
    release();
  });

  it('is unknown for what was sent before a trap, and what waited is sent later', async () => {
    const { line, held, waiting, handled, isOpen } = await withHeld({ reconnect: late });
    vi.spyOn(Abi.prototype, 'lineReconnect').mockImplementationOnce(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    line.reconnect();
    expect((await held.settled).outcome).toBe('unknown');
    expect(line.snapshot).toMatchObject({ status: 'connecting', queued: 1 });
    expect(handled).toEqual([]);
    await isOpen();
    await turns();
    expect(line.snapshot.queued).toBe(0);
    void waiting;
  });
});

describe('send refuses', () => {
  it.each([
    [
      'a cycle',
      (() => {
        const a: unknown[] = [];
        a.push(a);
        return a;
      })(),
    ],
    ['a BigInt', 1n],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a Blob', new Blob(['x'])],
    ['a buffer', new ArrayBuffer(1)],
    ['a view', new Uint8Array(1)],
  ])('%s, at once and with the same reason in settled', async (_, payload) => {
    const { line } = lineTo('ws://127.0.0.1:1/');
    const receipt = line.send('chat', payload);
    expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'unsendable' } });
    expect(await receipt.settled).toEqual({ outcome: 'rejected', reason: receipt.reason });
  });

  it('what is no stream, and a stream of another line', () => {
    const { line } = lineTo('ws://127.0.0.1:1/');
    const other = defineLine('/', { state });
    for (const stream of ['', null, 7, {}, other.chat]) {
      const receipt = line.send(stream as string, 1);
      expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'unsendable' } });
    }
  });

  it('what is larger than messageBytesMax', () => {
    const { line } = lineTo('ws://127.0.0.1:1/', {}, { messageBytesMax: 20 });
    for (const payload of ['x'.repeat(100), 'ä'.repeat(6)]) {
      const receipt = line.send('chat', payload);
      expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'too-large' } });
    }
  });

  it('what does not fit the queue', () => {
    const { line } = lineTo('ws://127.0.0.1:1/', {}, { queue: { maxMessages: 1 } });
    expect(line.send('chat', 1).state).toBe('queued');
    const receipt = line.send('chat', 2);
    expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'queue-full' } });
  });
});
