import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writable } from '../../../js/src/core/writable.js';

const socket = { bufferedAmount: 0 };
let isWritable: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  isWritable = false;
});
afterEach(() => vi.useRealTimers());

function wait(options?: Parameters<typeof writable>[1]): Promise<void> {
  return writable(socket, options).then(() => {
    isWritable = true;
  });
}

async function at(bytes: number): Promise<boolean> {
  socket.bufferedAmount = bytes;
  await vi.advanceTimersByTimeAsync(10);
  return isWritable;
}

describe('writable', () => {
  it('is at once what is below the high water mark, and starts no timer', async () => {
    socket.bufferedAmount = 524_287;
    await writable(socket);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits from the high water mark on until the low one is reached', async () => {
    socket.bufferedAmount = 524_288;
    void wait();
    expect([await at(524_287), await at(131_073), await at(131_072)]).toEqual([false, false, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes marks of its own', async () => {
    socket.bufferedAmount = 10;
    void wait({ highWaterMark: 10, lowWaterMark: 0 });
    expect([await at(1), await at(0)]).toEqual([false, true]);
  });

  it('ends by its signal, with its reason, and leaves no timer', async () => {
    const stop = new AbortController();
    socket.bufferedAmount = 524_288;
    const waiting = writable(socket, { signal: stop.signal });
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(writable(socket, { signal: stop.signal })).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    [{ highWaterMark: 0 }, 'highWaterMark must be a number from 1 to 1073741824 bytes, not 0'],
    [{ lowWaterMark: -1 }, 'lowWaterMark must be a number from 0 to 1073741824 bytes, not -1'],
    [{ highWaterMark: 8, lowWaterMark: 8 }, 'lowWaterMark must be below highWaterMark, 8, not 8'],
  ])('rejects %j', async (options, message) => {
    await expect(writable(socket, options)).rejects.toThrow(new TypeError(`openline: ${message}.`));
  });
});
