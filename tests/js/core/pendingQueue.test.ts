import { describe, expect, it, vi } from 'vitest';
import { PendingQueue } from '../../../js/src/core/pendingQueue.js';

const limits = { queueMaxMessages: 3, queueMaxBytes: 10 };

describe('PendingQueue', () => {
  it('gives back what waited, oldest first, once', () => {
    const queue = new PendingQueue(limits);
    for (const text of ['a', 'b', 'c']) expect(queue.push(text)).toBe('queued');
    expect(queue.size).toBe(3);
    expect(queue.byteSize).toBe(3);
    expect(queue.drain()).toEqual(['a', 'b', 'c']);
    expect(queue.drain()).toEqual([]);
    expect(queue.size).toBe(0);
    expect(queue.byteSize).toBe(0);
  });

  it('refuses one message too many and keeps what it has', () => {
    const queue = new PendingQueue(limits);
    for (const text of ['a', 'b', 'c']) queue.push(text);
    expect(queue.push('d')).toBe('queue-messages');
    expect(queue.drain()).toEqual(['a', 'b', 'c']);
  });

  it('counts bytes of UTF-8 up to the limit and not one beyond', () => {
    const queue = new PendingQueue(limits);
    expect(queue.push('€€€')).toBe('queued');
    expect(queue.push('é')).toBe('queue-bytes');
    expect(queue.push('e')).toBe('queued');
    expect(queue.byteSize).toBe(10);
    expect(queue.push('')).toBe('queued');
  });

  it('does not encode a text that cannot fit', () => {
    const encode = vi.spyOn(TextEncoder.prototype, 'encode');
    expect(new PendingQueue(limits).push('x'.repeat(11))).toBe('queue-bytes');
    expect(encode).not.toHaveBeenCalled();
    expect(new PendingQueue(limits).push('€€€€')).toBe('queue-bytes');
    expect(encode).toHaveBeenCalledOnce();
    encode.mockRestore();
  });

  it('has room again after it was drained', () => {
    const queue = new PendingQueue(limits);
    queue.push('0123456789');
    queue.drain();
    expect(queue.push('0123456789')).toBe('queued');
  });

  it('keeps a buffer as it was when it was sent', () => {
    const queue = new PendingQueue(limits);
    const bytes = Uint8Array.of(1, 2);
    queue.push(bytes);
    bytes.fill(9);
    expect(queue.drain()).toEqual([Uint8Array.of(1, 2)]);
  });

  it('takes nothing at all with limits of 0', () => {
    const none = { queueMaxMessages: 0, queueMaxBytes: 0 };
    expect(new PendingQueue(none).push('')).toBe('queue-messages');
    expect(new PendingQueue(none).push('a')).toBe('queue-bytes');
  });
});
