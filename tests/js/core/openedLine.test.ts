import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { OpenedLine, openLine } from '../../../js/src/core/openedLine.js';
import { messages } from '../../../js/src/core/stateDefinition.js';
import { EchoServer } from '../../support/echoServer.js';
import { soon } from '../../support/lineFixture.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { uncaught } from '../../support/uncaught.js';
import { turns, until } from '../../support/until.js';

const serve = streamServerFixture();
const echo = new EchoServer();
const opened: OpenedLine[] = [];

beforeEach(async () => {
  echo.reset();
  await echo.start();
});
afterEach(async () => {
  for (const line of opened.splice(0)) line.dispose();
  vi.restoreAllMocks();
  vi.useRealTimers();
  await echo.stop();
});

const open: typeof openLine = (definition, callbacks) => {
  const line = openLine(definition, callbacks);
  opened.push(line);
  return line;
};
const becomes = (line: OpenedLine, status: string) =>
  until(() => line.snapshot.status === status, `the line is ${status}`);
const state = { board: messages<number>({ stream: 'board' }) };

describe('a line without streams', () => {
  it('sends values as they are, and gives every message', async () => {
    const onMessage = vi.fn();
    const line = open(defineLine(echo.url, { reconnect: soon }), { onMessage });
    await becomes(line, 'open');
    const { state: at, settled } = line.send('hello');
    expect(at).toBe('sent');
    expect(await settled).toEqual({ outcome: 'handed-over' });
    await until(() => onMessage.mock.calls.length === 1, 'its echo has come in');
    expect(onMessage.mock.calls[0]?.[0].data).toBe('hello');
    expect(echo.connections[0]?.socket.protocol).toBe('');
  });

  it('hands over what waited, each once it leaves, as it was when it was sent', async () => {
    const line = open(defineLine(echo.url));
    const bytes = Uint8Array.of(1, 2);
    const receipts = [line.send('é'), line.send(bytes)];
    bytes.fill(9);
    expect(receipts.map(({ state: at }) => at)).toEqual(['queued', 'queued']);
    expect(line.bufferedAmount).toBe(4);
    for (const { settled } of receipts) expect((await settled).outcome).toBe('handed-over');
    await until(() => echo.received.length === 2, 'both have arrived');
    expect(echo.received).toEqual(['é', Buffer.of(1, 2)]);
  });

  it('rejects what waited when it is closed, and says what', async () => {
    const onDrop = vi.fn();
    const line = open(defineLine(echo.url), { onDrop });
    const { settled } = line.send('x');
    line.close();
    expect(await settled).toMatchObject({ outcome: 'rejected', reason: { code: 'closed' } });
    expect(onDrop).toHaveBeenCalledExactlyOnceWith({ data: 'x', stream: null, cause: 'closed' });
  });

  it('refuses what no WebSocket sends', async () => {
    const line = open(defineLine(echo.url));
    const receipt = line.send({ a: 1 } as unknown as string);
    expect(receipt).toMatchObject({ state: 'refused', reason: { code: 'unsendable' } });
    expect((await receipt.settled).outcome).toBe('rejected');
  });

  it('has no streams to read', () => {
    const line = open(defineLine(echo.url));
    expect(() => line.subscribe('board', { published: () => {} })).toThrow(TypeError);
  });
});

describe('the line of a definition', () => {
  it('opens when it is held, stays for lingerMs, and can be held again', async () => {
    const line = new OpenedLine(defineLine(echo.url, { lingerMs: 30 }));
    expect(line.snapshot.status).toBe('idle');
    expect(line.send('x')).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
    const letGo = line.hold(() => ({}));
    await becomes(line, 'open');
    letGo();
    letGo();
    line.hold(() => ({}))();
    await turns();
    expect(line.snapshot.status).toBe('open');
    await becomes(line, 'idle');
    await until(() => echo.live === 0, 'the socket is closed');
    const again = line.hold(() => ({}));
    await becomes(line, 'open');
    expect(echo.connectionCount).toBe(2);
    again();
    line.dispose();
  });

  it('tells of changes until it is told not to', async () => {
    const line = open(defineLine(echo.url));
    const statuses: string[] = [];
    const stop = line.onChange(() => statuses.push(line.snapshot.status));
    await becomes(line, 'open');
    stop();
    line.close();
    await becomes(line, 'closed');
    expect(statuses.at(-1)).toBe('open');
  });

  it('tells the others of a change though one of them throws', async () => {
    const line = openLine(defineLine(echo.url));
    const told = vi.fn();
    line.onChange(() => {
      throw new Error('mine');
    });
    line.onChange(told);
    expect(await uncaught(async () => line.dispose())).toEqual([new Error('mine')]);
    expect(told).toHaveBeenCalledOnce();
  });

  it('tells each error once', async () => {
    const onError = vi.fn();
    const line = open(defineLine('ftp://nowhere/'), { onError });
    await becomes(line, 'failed');
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ name: 'OpenlineError', code: 'url' });
  });

  it('goes on when a callback throws, which reaches the page', async () => {
    const onMessage = () => {
      throw new Error('mine');
    };
    const line = open(defineLine(echo.url), { onMessage });
    await becomes(line, 'open');
    const errors = await uncaught(async () => {
      echo.connections[0]?.socket.send('x');
      await turns();
    });
    expect(errors).toEqual([new Error('mine')]);
    expect(line.snapshot.status).toBe('open');
  });
});

describe('a line with streams', () => {
  it('fails after three attempts where the server does not speak openline.1', async () => {
    const onError = vi.fn();
    const line = open(defineLine(echo.url, { reconnect: soon, state }), { onError });
    const { settled } = line.send('board', 1);
    await becomes(line, 'failed');
    expect(line.snapshot.reason).toBe('protocol');
    expect(line.snapshot.error?.message).toContain('openline/server');
    expect(echo.connectionCount).toBe(3);
    expect(onError).toHaveBeenCalledOnce();
    line.close();
    expect((await settled).outcome).toBe('rejected');
  });

  it('renews its credentials once after 4401, and is open then', async () => {
    let isSignedIn = false;
    const { url } = await serve({ authenticate: () => (isSignedIn ? 'ada' : null) });
    const refresh = vi.fn(() => {
      isSignedIn = true;
    });
    const line = open(defineLine(url, { reconnect: soon, auth: { refresh }, state }));
    await becomes(line, 'open');
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('waits after GOAWAY, and says for how long', async () => {
    const { url, lines } = await serve();
    const line = open(defineLine(url, { reconnect: soon, state }));
    const seen: unknown[] = [];
    const reader = line.subscribe('board', { published: (batch) => seen.push(...batch.values()) });
    await until(() => reader.status === 'live', 'the reader is live');
    const closing = lines.close({ spreadMs: 50, timeoutMs: 500 });
    await until(() => line.snapshot.status === 'waiting', 'the line waits');
    expect(line.snapshot.retryAt).toBeGreaterThan(0);
    await closing;
  });

  it('goes on after a trap where its readers stood: no gap, no double', async () => {
    const { url, lines } = await serve();
    const line = open(defineLine(url, { reconnect: soon, state }));
    const seen: unknown[] = [];
    const reader = line.subscribe('board', { published: (batch) => seen.push(...batch.values()) });
    await until(() => reader.status === 'live', 'the reader is live');
    lines.publish('board', 1);
    await until(() => seen.length === 1, 'the first has come in');
    vi.spyOn(Abi.prototype, 'lineSocketFrame').mockImplementationOnce(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    lines.publish('board', 2);
    await until(() => line.snapshot.error?.code === 'wasm', 'the core has stopped');
    lines.publish('board', 3);
    await until(() => seen.length >= 3, 'the others have come in');
    expect(seen).toEqual([1, 2, 3]);
  });

  it('goes on after a trap while it was made, too: nothing is refused, nothing lost', async () => {
    const { url, handled } = await serve();
    const onDenied = vi.fn();
    vi.spyOn(Abi.prototype, 'lineSubscribe').mockImplementationOnce(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    const line = open(defineLine(url, { reconnect: soon, state }), { onDenied });
    const readers = ['board', 'chat'].map((name) => line.subscribe(name, { published: () => {} }));
    const { settled } = line.send('board', 1);
    await until(() => readers.every(({ status }) => status === 'live'), 'the readers are live');
    expect(await settled).toMatchObject({ outcome: 'acked' });
    expect(handled).toEqual([{ stream: 'board', message: 1 }]);
    expect(onDenied).not.toHaveBeenCalled();
  });
});

describe('a line that is disposed', () => {
  it('reads and sends nothing, and says so', async () => {
    const { url } = await serve();
    const line = open(defineLine(url, { state }));
    const reader = line.subscribe('board', { published: () => {} });
    line.dispose();
    expect(reader.status).toBe('idle');
    expect(line.snapshot.status).toBe('idle');
    expect(line.send('board', 1)).toMatchObject({ state: 'refused', reason: { code: 'closed' } });
    expect(() => line.subscribe('board', { published: () => {} })).toThrow(
      expect.objectContaining({ code: 'closed' }),
    );
  });
});

describe('openLine', () => {
  it('makes a line of its own each time', async () => {
    const definition = defineLine(echo.url);
    const [a, b] = [open(definition), open(definition)];
    await becomes(a, 'open');
    await becomes(b, 'open');
    expect(echo.connectionCount).toBe(2);
  });

  it('throws for what is no definition', () => {
    expect(() => open({} as never)).toThrow('give what defineLine() returned');
  });
});
