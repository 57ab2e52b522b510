import { describe, expect, it } from 'vitest';
import { Line } from '../../../js/src/core/line.js';
import type { LineOptions } from '../../../js/src/core/lineOptions.js';
import { LineWebSocket } from '../../../js/src/core/lineWebSocket.js';
import { resolveOptions } from '../../../js/src/core/options.js';
import { sessionFixture } from '../../support/lineFixture.js';
import { RecordingListener } from '../../support/recordingListener.js';
import { nowhere, userAt } from '../../support/sessionUser.js';
import { uncaught } from '../../support/uncaught.js';
import { until } from '../../support/until.js';

const { server, sessionWith, openSession } = sessionFixture();

function newLine(): Line {
  return new Line(userAt(nowhere), resolveOptions({}), new RecordingListener());
}

function socketWith(): LineWebSocket {
  const session = sessionWith();
  session.acquire();
  return session.socket;
}

async function openSocket(options?: LineOptions): Promise<LineWebSocket> {
  return (await openSession({}, options)).socket;
}

describe('LineWebSocket', () => {
  it('has the constants and, before the first socket, the values of a WebSocket', () => {
    const line = newLine();
    const socket = new LineWebSocket(
      () => line,
      () => {},
    );
    expect(socket).toBeInstanceOf(EventTarget);
    expect([socket.CONNECTING, socket.OPEN, socket.CLOSING, socket.CLOSED]).toEqual([0, 1, 2, 3]);
    expect(socket).toMatchObject({
      readyState: 0,
      url: '',
      protocol: '',
      extensions: '',
      bufferedAmount: 0,
      binaryType: 'blob',
      onopen: null,
      onmessage: null,
      onerror: null,
      onclose: null,
    });
  });

  describe.each(['open', 'message', 'error', 'close'] as const)('an event %s', (type) => {
    const line = newLine();
    const event = new Event(type);

    it('is told first, then the on* handler, then the listeners', () => {
      const calls: unknown[] = [];
      const socket = new LineWebSocket(
        () => line,
        (...told) => calls.push(told),
      );
      socket.addEventListener(type, () => calls.push('listener'));
      socket[`on${type}`] = () => calls.push('handler');
      socket.dispatchEvent(event);
      expect(calls).toEqual([[type, event], 'handler', 'listener']);
    });

    it('reaches the on* handler and the listeners even when who is told first throws', async () => {
      const calls: string[] = [];
      const error = new Error('told');
      const socket = new LineWebSocket(
        () => line,
        () => {
          throw error;
        },
      );
      socket.addEventListener(type, () => calls.push('listener'));
      socket[`on${type}`] = () => calls.push('handler');
      const errors = await uncaught(async () => {
        socket.dispatchEvent(new Event(type));
      });
      expect(calls).toEqual(['handler', 'listener']);
      expect(errors).toEqual([error]);
    });
  });

  it('follows the line through its states', async () => {
    const socket = socketWith();
    const states: number[] = [socket.readyState];
    for (const type of ['open', 'close']) {
      socket.addEventListener(type, () => states.push(socket.readyState));
    }
    await until(() => states.length === 2, 'it is open');
    socket.close();
    states.push(socket.readyState);
    await until(() => states.length === 4, 'it is closed');
    expect(states).toEqual([0, 1, 2, 3]);
  });

  it('tells of open and close once for each connection, on the same object', async () => {
    const socket = socketWith();
    const events: string[] = [];
    for (const type of ['open', 'close', 'error']) {
      socket.addEventListener(type, (event) => {
        expect(event.target).toBe(socket);
        events.push(type);
      });
    }
    await until(() => events.length === 1, 'it is open');
    server.cut();
    await until(() => events.length === 3, 'it is open again');
    expect(events).toEqual(['open', 'close', 'open']);
  });

  it('calls on* handlers with itself as this, and stops when they are taken away', async () => {
    const socket = socketWith();
    const seen: unknown[] = [];
    socket.onopen = function (event) {
      seen.push(event.type, this);
    };
    socket.onmessage = (event) => seen.push(event.data);
    await until(() => seen.length === 2, 'it is open');
    socket.send('a');
    await until(() => seen.length === 3, 'it came back');
    socket.onmessage = null;
    socket.addEventListener('message', () => seen.push('listener'), { once: true });
    socket.send('b');
    await until(() => seen.length === 4, 'it came back');
    expect(seen).toEqual(['open', socket, 'a', 'listener']);
  });

  it('gives close events with code, reason and wasClean', async () => {
    const socket = await openSocket();
    const closes: CloseEvent[] = [];
    socket.onclose = (event) => closes.push(event);
    server.close(4000, 'grüße');
    await until(() => closes.length === 1, 'it is closed');
    const [event] = closes;
    expect(event).toMatchObject({ type: 'close', code: 4000, reason: 'grüße', wasClean: true });
  });

  it('lets a listener that throws hurt nobody else', async () => {
    const socket = await openSocket();
    const seen: string[] = [];
    socket.onmessage = () => {
      throw new Error('in onmessage');
    };
    socket.addEventListener('message', () => {
      throw new Error('in a listener');
    });
    socket.addEventListener('message', (event) => seen.push(event.data));
    const errors = await uncaught(async () => {
      for (const text of ['a', 'b']) socket.send(text);
      await until(() => seen.length === 2, 'both came back');
    });
    expect(seen).toEqual(['a', 'b']);
    expect(errors).toHaveLength(4);
    expect(socket.readyState).toBe(1);
  });

  it('knows the protocol that the server chose, and the URL', async () => {
    const socket = await openSocket({ protocols: ['chat.v2', 'chat'] });
    expect(socket.protocol).toBe('chat.v2');
    expect(socket.url).toBe(`${server.url}/`);
  });

  it('changes its binaryType while open, and ignores what is none', async () => {
    const socket = await openSocket();
    const values: unknown[] = [];
    socket.onmessage = (event) => values.push(event.data);
    socket.send(Uint8Array.of(1));
    await until(() => values.length === 1, 'it came back');
    socket.binaryType = 'arraybuffer';
    socket.binaryType = 'nodebuffer' as BinaryType;
    expect(socket.binaryType).toBe('arraybuffer');
    socket.send(Uint8Array.of(2));
    await until(() => values.length === 2, 'it came back');
    expect(values[0]).toBeInstanceOf(Blob);
    expect(values[1]).toBeInstanceOf(ArrayBuffer);
  });

  it('keeps its binaryType over a reconnection', async () => {
    const socket = await openSocket();
    socket.binaryType = 'arraybuffer';
    const values: unknown[] = [];
    socket.onmessage = (event) => values.push(event.data);
    server.cut();
    await until(() => server.connectionCount === 2 && socket.readyState === 1, 'it is back');
    socket.send(Uint8Array.of(2));
    await until(() => values.length === 1, 'it came back');
    expect(values[0]).toBeInstanceOf(ArrayBuffer);
  });

  it('counts the bytes that wait', async () => {
    const socket = socketWith();
    socket.send('é');
    expect(socket.bufferedAmount).toBe(2);
    await until(() => server.received.length === 1, 'it has arrived');
    expect(socket.bufferedAmount).toBe(0);
  });

  it('never throws when sending, but for a close that a WebSocket would refuse', async () => {
    const socket = await openSocket();
    expect(socket.send({})).toMatchObject({ state: 'refused', reason: { code: 'unsendable' } });
    expect(() => socket.close(1001)).toThrow(TypeError);
  });
});
