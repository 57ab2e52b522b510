import { describe, expect, it, vi } from 'vitest';
import { ResilientWebSocket } from '../../../js/src/core/resilientWebSocket.js';
import { logOf, socketFixture, thrownBy } from '../../support/socketFixture.js';
import { turns, until } from '../../support/until.js';

const { server, made, socketWith, openSocket, isOpen } = socketFixture();

describe('new ResilientWebSocket', () => {
  it('has the constants of a WebSocket on the class, its subclasses and its objects', () => {
    const socket = socketWith({ startClosed: true });
    for (const one of [ResilientWebSocket, ResilientWebSocket.with({}), socket]) {
      expect([one.CONNECTING, one.OPEN, one.CLOSING, one.CLOSED]).toEqual([0, 1, 2, 3]);
    }
  });

  it('is a WebSocket that connects before anything is loaded', () => {
    const socket = socketWith();
    expect(socket).toMatchObject({
      readyState: 0,
      url: `${server.url}/`,
      protocol: '',
      extensions: '',
      bufferedAmount: 0,
      binaryType: 'blob',
      onopen: null,
      onmessage: null,
      onerror: null,
      onclose: null,
      retryCount: 0,
      shouldReconnect: true,
    });
  });

  it.each(['http//nowhere', 'ftp://host/', 'ws://host/#part', 'ws://host:port/', ''])(
    'throws a SyntaxError for the URL %j',
    (url) => {
      expect(thrownBy(() => new ResilientWebSocket(url))).toBe('SyntaxError');
      expect(() => new ResilientWebSocket(url)).toThrow(DOMException);
    },
  );

  it.each([[['a', 'a']], [['a b']], ['a,b'], [['']], ['']])(
    'throws a SyntaxError for the subprotocols %j',
    (protocols) => {
      expect(thrownBy(() => new ResilientWebSocket(server.url, protocols))).toBe('SyntaxError');
    },
  );

  it('takes a URL object, and no subprotocols as null or as an empty list', async () => {
    const socket = socketWith({}, new URL(server.url), null);
    await isOpen(socket);
    await isOpen(socketWith({}, server.url.replace('ws:', 'http:'), []));
    expect(
      server.connections.map(({ request }) => request.headers['sec-websocket-protocol']),
    ).toEqual([undefined, undefined]);
  });

  it('throws a TypeError for an option that is none', () => {
    expect(() => new ResilientWebSocket(server.url, [], { maxRetries: -1 })).toThrow(
      'openline: maxRetries must be a number from 0 to 4294967294 retries or Infinity, not -1.',
    );
    expect(() => ResilientWebSocket.with({ minUptime: Number.NaN })).toThrow(TypeError);
  });
});

describe('with', () => {
  it('makes a class of one connection, whatever ends it', async () => {
    const Once = ResilientWebSocket.with({ maxRetries: 0 });
    for (const end of [() => server.cut(), () => server.close(4401), () => server.close(1012)]) {
      server.reset();
      await server.stop();
      await server.start();
      const socket = new Once(server.url);
      made.push(socket);
      await isOpen(socket);
      const log = logOf(socket);
      end();
      await until(() => log.length > 0, 'it is closed');
      await turns(50);
      expect(log).toHaveLength(1);
      expect([socket.readyState, server.connectionCount]).toEqual([3, 1]);
    }
  });

  it('joins options: those of the constructor win', () => {
    const words: unknown[][] = [];
    const debugLogger = (...said: unknown[]) => words.push(said);
    const Quiet = ResilientWebSocket.with({ startClosed: true, debugLogger });
    const Loud = Quiet.with({ debug: true, maxEnqueuedMessages: 0 });
    const socket = new Loud(server.url, undefined, { debugLogger });
    expect(socket).toBeInstanceOf(ResilientWebSocket);
    expect(socket.readyState).toBe(3);
    socket.send('secret');
    expect(words).toEqual([['openline>', 'drop', 'overflow']]);
  });
});

describe('events', () => {
  it('reach handleEvent objects, once and until a signal', async () => {
    const socket = await openSocket();
    const stop = new AbortController();
    const counts = { object: 0, once: 0, signal: 0 };
    const object = { handleEvent: () => void counts.object++ };
    socket.addEventListener('message', object);
    socket.addEventListener('message', () => counts.once++, { once: true });
    socket.addEventListener('message', () => counts.signal++, { signal: stop.signal });
    socket.send('a');
    await until(() => counts.object === 1, 'it came back');
    stop.abort();
    socket.send('b');
    await until(() => counts.object === 2, 'it came back');
    socket.removeEventListener('message', object);
    socket.send('c');
    await turns();
    expect(counts).toEqual({ object: 2, once: 1, signal: 1 });
  });

  it('bear data as binaryType says, over all connections', async () => {
    const socket = await openSocket();
    const kinds: unknown[] = [];
    socket.onmessage = ({ data }) => kinds.push(data.constructor);
    socket.send(Uint8Array.of(1));
    await until(() => kinds.length === 1, 'it came back');
    socket.binaryType = 'arraybuffer';
    socket.binaryType = 'nodebuffer' as BinaryType;
    server.cut();
    await until(() => server.connectionCount === 2 && socket.readyState === 1, 'it is back');
    socket.send(Uint8Array.of(2));
    await until(() => kinds.length === 2, 'it came back');
    expect(kinds).toEqual([Blob, ArrayBuffer]);
  });

  it('say why when the core cannot be loaded, and reconnect loads it again', async () => {
    vi.resetModules();
    const compile = vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new Error('no wasm today'));
    const fresh = await import('../../../js/src/core/resilientWebSocket.js');
    const socket = new fresh.ResilientWebSocket(server.url);
    made.push(socket as ResilientWebSocket);
    socket.send('waits');
    const log = logOf(socket);
    const errors: string[] = [];
    socket.onerror = (event) => errors.push((event as ErrorEvent).message);
    await until(() => log.length === 2, 'it is told');
    expect(log).toEqual(['error 3', '1006 3']);
    expect(errors[0]).toContain('no wasm today');
    compile.mockRestore();
    socket.reconnect();
    await until(() => server.received.length === 1, 'what waited has arrived');
    vi.resetModules();
  });
});
