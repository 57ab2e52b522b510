import { afterEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import type { CoreLine, SendFate } from '../../../js/src/core/core.js';
import { coreFixture } from '../../support/lineFixture.js';
import { turns, until } from '../../support/until.js';

// The gate: while the line is open and nothing waits, a message goes straight to the socket.

const { server, lineWith, openLine } = coreFixture();

afterEach(() => {
  vi.restoreAllMocks();
});

/** As if the socket had begun to close, of which no event has told yet. */
function beginClosing() {
  return vi.spyOn(WebSocket.prototype, 'readyState', 'get').mockReturnValue(WebSocket.CLOSING);
}

describe('an open line on which nothing waits', () => {
  it('sends without entering the core', async () => {
    const { line } = await openLine();
    const entered = vi.spyOn(Abi.prototype, 'lineSend');
    const pumped = vi.spyOn(Abi.prototype, 'linePump');
    for (const value of ['a', Uint8Array.of(1), new Blob(['b'])]) {
      expect(line.send(value)).toBe('sent');
      expect(line.send(value, false)).toBe('sent');
    }
    expect(entered).not.toHaveBeenCalled();
    expect(pumped).not.toHaveBeenCalled();
    await until(() => server.received.length === 6, 'all have arrived');
    expect(line.queued()).toBe(0);
  });

  it('refuses what is too large, by what is free to ask', async () => {
    const { line } = await openLine({ messageBytesMax: 4 });
    expect(line.send('12345')).toBe('too-large');
    expect(line.send(new Uint8Array(5))).toBe('too-large');
    expect(line.send('éééé')).toBe('sent');
    expect(line.send(new Uint8Array(4))).toBe('sent');
    await until(() => server.received.length === 2, 'the others have arrived');
    expect(server.received).toEqual(['éééé', Buffer.alloc(4)]);
  });

  it('refuses as unsendable what the socket throws on, and sends the next one', async () => {
    const { line } = await openLine();
    const send = vi.spyOn(WebSocket.prototype, 'send').mockImplementationOnce(() => {
      throw new TypeError('no such value');
    });
    expect(line.send('poison')).toBe('unsendable');
    expect(line.send('next')).toBe('sent');
    expect(send).toHaveBeenCalledTimes(2);
    await until(() => server.received.length === 1, 'the next one has arrived');
    expect(server.received).toEqual(['next']);
  });

  it('sends in order what waited, then what is sent as soon as it is open', async () => {
    const { line, sink } = lineWith();
    for (const text of ['a', 'b']) line.send(text);
    sink.onRecord = (record) => {
      if (record.kind === 'status' && record.status === 'open') line.send('c');
      if (record.kind === 'open') line.send('d');
    };
    line.open();
    await until(() => server.received.length === 4, 'all have arrived');
    expect(server.received).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a socket that is closing', () => {
  it('gets nothing: what is sent waits for the next one, in order', async () => {
    const { line, sink } = await openLine();
    const sent = vi.spyOn(WebSocket.prototype, 'send');
    const closing = beginClosing();
    expect(line.send('a')).toBe('queued');
    expect(line.send('not kept', false)).toBe('not-open');
    closing.mockRestore();
    // Open, but not the first one in the queue.
    expect(line.send('b')).toBe('queued');
    expect(line.send('not kept', false)).toBe('not-open');
    expect(line.queued()).toBe(2);
    expect(sent).not.toHaveBeenCalled();
    server.cut();
    await until(() => sink.of('open').length === 2, 'the line is open again');
    expect(line.send('c')).toBe('sent');
    await until(() => server.received.length === 3, 'all have arrived');
    expect(server.received).toEqual(['a', 'b', 'c']);
    expect(line.queued()).toBe(0);
  });
});

describe('a line that is not open', () => {
  it('refuses what is not to be kept, and keeps nothing of it', async () => {
    const { line, sink } = lineWith();
    const fates: SendFate[] = [line.send('idle', false)];
    line.open();
    fates.push(line.send('connecting', false));
    await until(() => sink.status === 'open', 'the line is open');
    line.close(undefined, '');
    fates.push(line.send('closing', false));
    await until(() => sink.status === 'closed', 'the line is closed');
    fates.push(line.send('closed', false));
    expect(fates).toEqual(['not-open', 'not-open', 'closed', 'closed']);
    expect(line.queued()).toBe(0);
    expect(sink.of('drop')).toEqual([]);
    expect(server.received).toEqual([]);
  });

  it('does not measure what is not to be kept', () => {
    const { line } = lineWith();
    const encode = vi.spyOn(TextEncoder.prototype, 'encode');
    expect(line.send('é', false)).toBe('not-open');
    expect(encode).not.toHaveBeenCalled();
  });
});

describe('the gate is shut at once', () => {
  /** What came of sending within the receiver of this kind of record, after `shut`. */
  async function sendWithin(kind: 'open' | 'message', shut: (line: CoreLine) => void) {
    const { line, sink } = lineWith();
    const fates: SendFate[] = [];
    sink.onRecord = (record) => {
      if (record.kind !== kind || fates.length > 0) return;
      shut(line);
      fates.push(line.send('too late'));
    };
    line.open();
    await until(() => sink.statuses.includes('open'), 'the line is open');
    if (kind === 'message') server.connections[0]?.socket.send('x');
    await until(() => fates.length > 0, 'it was sent');
    return { fates, line, sink };
  }

  it.each(['open', 'message'] as const)('by close() within %s', async (kind) => {
    const { fates, sink } = await sendWithin(kind, (line) => line.close(undefined, ''));
    expect(fates).toEqual(['closed']);
    await until(() => sink.status === 'closed', 'the line is closed');
    await turns();
    expect(server.received).toEqual([]);
  });

  it.each(['open', 'message'] as const)('by reconnect() within %s', async (kind) => {
    const { fates, sink } = await sendWithin(kind, (line) => line.reconnect());
    expect(fates).toEqual(['queued']);
    await until(() => sink.of('open').length === 2, 'the line is open again');
    await until(() => server.received.length === 1, 'it has arrived');
  });

  it.each(['open', 'message'] as const)('by dispose() within %s', async (kind) => {
    const { fates } = await sendWithin(kind, (line) => line.dispose());
    expect(fates).toEqual(['failed']);
    await until(() => server.live === 0, 'the socket is closed');
    expect(server.received).toEqual([]);
  });

  it('by a trap', async () => {
    const { fates } = await sendWithin('message', (line) => {
      vi.spyOn(Abi.prototype, 'lineOpen').mockImplementationOnce(() => {
        throw new WebAssembly.RuntimeError('unreachable');
      });
      line.open();
    });
    expect(fates).toEqual(['failed']);
    await until(() => server.live === 0, 'the socket is closed');
    expect(server.received).toEqual([]);
  });

  it.each([
    ['close', 'closed'],
    ['reconnect', 'queued'],
  ] as const)('by %s() before it is told that it is open', async (way, fate) => {
    const sockets: WebSocket[] = [];
    const Real = WebSocket;
    vi.stubGlobal(
      'WebSocket',
      class extends Real {
        constructor(url: string, protocols: string[]) {
          super(url, protocols);
          sockets.push(this);
        }
      },
    );
    const { line, sink } = lineWith();
    const fates: SendFate[] = [];
    sink.onRecord = (record) => {
      if (record.kind === 'open' && fates.length === 0) fates.push(line.send('x'));
    };
    line.open();
    // Behind the core's own handler, so both come into one turn of the core.
    sockets[0]?.addEventListener('open', () => {
      if (way === 'close') line.close(undefined, '');
      else line.reconnect();
    });
    await until(() => fates.length > 0, 'it was sent');
    expect(fates).toEqual([fate]);
    vi.unstubAllGlobals();
  });

  it('refuses a buffer that is detached, and holds nothing for it', async () => {
    const { line } = lineWith();
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    expect(line.send(buffer)).toBe('unsendable');
    expect(line.queued()).toBe(0);
  });
});
