import { describe, expect, it } from 'vitest';
import { logOf, socketFixture } from '../../support/socketFixture.js';
import { until } from '../../support/until.js';

const { server, socketWith, openSocket, isOpen } = socketFixture();

describe('send', () => {
  it('queues before it is open, and what waits goes out first, before open is told', async () => {
    const socket = socketWith();
    expect(socket.send('a')).toBe(false);
    expect(socket.send('é')).toBe(false);
    expect(socket.bufferedAmount).toBe(3);
    socket.onopen = () => expect(socket.send('c')).toBe(true);
    const log = logOf(socket);
    await until(() => log.length === 4, 'all came back');
    expect(log).toEqual(['open 1', 'a 1', 'é 1', 'c 1']);
    expect(socket.bufferedAmount).toBe(0);
  });

  it('keeps a value as it was when it was sent', async () => {
    const socket = socketWith();
    socket.binaryType = 'arraybuffer';
    const got: unknown[] = [];
    socket.onmessage = ({ data }) => got.push(new Uint8Array(data)[0]);
    const bytes = Uint8Array.of(1);
    socket.send(bytes);
    bytes[0] = 2;
    await isOpen(socket);
    socket.send(bytes);
    bytes[0] = 3;
    await until(() => got.length === 2, 'both came back');
    expect(got).toEqual([1, 2]);
  });

  it('makes texts of what a WebSocket makes texts of', async () => {
    const socket = await openSocket();
    const log = logOf(socket);
    for (const value of [null, 1, { a: 1 }]) socket.send(value as unknown as string);
    await until(() => log.length === 3, 'all came back');
    expect(log).toEqual(['null 1', '1 1', '[object Object] 1']);
    const shared = new Uint8Array(new SharedArrayBuffer(1));
    expect(() => socket.send(shared)).toThrow(TypeError);
    expect(() => socket.send(...([] as unknown as [string]))).toThrow(
      'openline: send needs a message.',
    );
  });

  it('drops what finds the queue full, and tells of it', () => {
    const drops: unknown[] = [];
    const onDrop = (drop: unknown) => drops.push(drop);
    const few = socketWith({ maxEnqueuedMessages: 1, onDrop });
    few.send('a');
    expect(few.send('b')).toBe(false);
    const small = socketWith({ maxEnqueuedBytes: 2, maxEnqueuedMessages: Infinity, onDrop });
    small.send('é');
    small.send('c');
    expect(drops).toEqual([
      { data: 'b', cause: 'overflow' },
      { data: 'c', cause: 'overflow' },
    ]);
    expect(few.drainQueuedMessages()).toEqual(['a']);
  });

  it('goes on taking after close, and reconnect sends it', async () => {
    const socket = await openSocket();
    socket.close();
    expect(socket.send('later')).toBe(false);
    await until(() => socket.readyState === 3, 'it is closed');
    expect(socket.bufferedAmount).toBe(5);
    expect(server.received).toEqual([]);
    socket.reconnect();
    await until(() => server.received.length === 1, 'it has arrived');
    expect(server.received).toEqual(['later']);
  });
});
