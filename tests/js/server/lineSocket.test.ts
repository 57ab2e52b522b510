import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { LineSocket, type SocketOwner } from '../../../js/src/server/lineSocket.js';

function owner() {
  return {
    receive: vi.fn(),
    receivePing: vi.fn(),
    receivePong: vi.fn(),
    drained: vi.fn(),
    failed: vi.fn(),
    closed: vi.fn(),
  } satisfies SocketOwner;
}

/** As `WebSocketServer` makes them. */
function made(): LineSocket {
  return new LineSocket(null as never, undefined, {});
}

it('tells its owner everything', () => {
  const [socket, raw, mine] = [made(), new PassThrough(), owner()];
  socket.adopt(mine, raw);
  const bytes = Buffer.from('x');
  const error = new Error('x');
  socket.emit('message', bytes, true);
  socket.emit('ping', bytes);
  socket.emit('pong', bytes);
  socket.emit('error', error);
  socket.emit('close', 1000, bytes);
  raw.emit('drain');
  expect(mine.receive).toHaveBeenCalledExactlyOnceWith(bytes, true);
  expect(mine.receivePing).toHaveBeenCalledExactlyOnceWith(bytes);
  expect(mine.receivePong).toHaveBeenCalledOnce();
  expect(mine.failed).toHaveBeenCalledExactlyOnceWith(error);
  expect(mine.closed).toHaveBeenCalledExactlyOnceWith(1000, 'x');
  expect(mine.drained).toHaveBeenCalledOnce();
});

it('shares its listeners with all others', () => {
  const [one, other] = [made(), made()];
  for (const socket of [one, other]) socket.adopt(owner(), new PassThrough());
  for (const event of ['message', 'ping', 'pong', 'error', 'close'] as const) {
    expect(one.listeners(event)).toEqual(other.listeners(event));
    expect(one.listeners(event)).toHaveLength(1);
  }
});
