import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PendingLimits, PendingQueue } from '../../../js/src/core/pendingQueue.js';

const limits: PendingLimits = {
  queueMaxMessages: 3,
  queueMaxBytes: 10,
  queueTtlMs: Number.POSITIVE_INFINITY,
  queueOverflow: 'refuse',
};
let drops: [unknown, string][];

beforeEach(() => {
  drops = [];
});

function queueWith(change: Partial<PendingLimits> = {}): PendingQueue {
  return new PendingQueue({ ...limits, ...change }, (...drop) => drops.push(drop));
}

function drained(queue: PendingQueue): unknown[] {
  return queue.drain().map(({ value }) => value);
}

describe('PendingQueue', () => {
  it('gives back what waited, oldest first, once', () => {
    const queue = queueWith();
    for (const text of ['a', 'b', 'c']) expect(queue.push(text)).toBe('queued');
    expect(queue.size).toBe(3);
    expect(queue.byteSize).toBe(3);
    expect(drained(queue)).toEqual(['a', 'b', 'c']);
    expect(drained(queue)).toEqual([]);
    expect(queue.size).toBe(0);
    expect(queue.byteSize).toBe(0);
  });

  it('counts bytes of UTF-8 up to the limit and not one beyond', () => {
    const queue = queueWith();
    expect(queue.push('€€€')).toBe('queued');
    expect(queue.push('é')).toBe('queue-bytes');
    expect(queue.push('e')).toBe('queued');
    expect(queue.byteSize).toBe(10);
    expect(queue.push('')).toBe('queued');
  });

  it('counts the bytes of a buffer, of a view and of a Blob', () => {
    const queue = queueWith();
    for (const value of [new ArrayBuffer(2), new Uint16Array(1), new Blob(['xyz'])]) {
      expect(queue.push(value)).toBe('queued');
    }
    expect(queue.byteSize).toBe(7);
    for (const value of [new ArrayBuffer(4), new Uint32Array(1), new Blob(['wxyz'])]) {
      expect(queue.push(value)).toBe('queue-bytes');
    }
  });

  it('does not encode a text that cannot fit', () => {
    const encode = vi.spyOn(TextEncoder.prototype, 'encode');
    expect(queueWith().push('x'.repeat(11))).toBe('queue-bytes');
    expect(queueWith({ queueOverflow: 'drop-oldest' }).push('x'.repeat(11))).toBe('queue-bytes');
    expect(encode).not.toHaveBeenCalled();
    expect(queueWith().push('€€€€')).toBe('queue-bytes');
    expect(encode).toHaveBeenCalledOnce();
    encode.mockRestore();
  });

  it('tells of all that waited when it is closed, and is empty before', () => {
    const queue = queueWith();
    for (const text of ['a', 'b']) queue.push(text);
    queue.close();
    expect(drops).toEqual([
      ['a', 'closed'],
      ['b', 'closed'],
    ]);
    expect([queue.size, queue.byteSize]).toEqual([0, 0]);
  });

  it('has room again after it was drained', () => {
    const queue = queueWith();
    queue.push('0123456789');
    queue.drain();
    expect(queue.push('0123456789')).toBe('queued');
  });

  it('keeps a buffer as it was when it was sent', () => {
    const queue = queueWith();
    const bytes = Uint8Array.of(1, 2);
    queue.push(bytes);
    bytes.fill(9);
    expect(drained(queue)).toEqual([Uint8Array.of(1, 2)]);
  });

  it.each(['refuse', 'drop-oldest', 'drop-newest'] as const)(
    'takes nothing at all with limits of 0, whatever is to be done then (%s)',
    (queueOverflow) => {
      const queue = queueWith({ queueMaxMessages: 0, queueMaxBytes: 0, queueOverflow });
      expect(queue.push('')).toBe('queue-messages');
      expect(queue.push('a')).toBe('queue-bytes');
      expect(queue.size).toBe(0);
      expect(drops).toEqual([]);
    },
  );
});

describe('a message that finds the queue full', () => {
  // What drop-newest drops is told by the line: the queue has never had it.
  it.each(['refuse', 'drop-newest'] as const)('is not taken (%s)', (queueOverflow) => {
    const queue = queueWith({ queueOverflow });
    for (const text of ['a', 'b', 'c']) queue.push(text);
    expect(queue.push('d')).toBe('queue-messages');
    expect(drained(queue)).toEqual(['a', 'b', 'c']);
    queue.push('01234567');
    expect(queue.push('012')).toBe('queue-bytes');
    expect(drained(queue)).toEqual(['01234567']);
    expect(drops).toEqual([]);
  });

  it('drives out the oldest one, by count', () => {
    const queue = queueWith({ queueOverflow: 'drop-oldest' });
    for (const text of ['a', 'b', 'c', 'd', 'e']) expect(queue.push(text)).toBe('queued');
    expect(drops).toEqual([
      ['a', 'overflow'],
      ['b', 'overflow'],
    ]);
    expect(drained(queue)).toEqual(['c', 'd', 'e']);
  });

  it('drives out as many of the oldest as its bytes need, and no more', () => {
    const queue = queueWith({ queueOverflow: 'drop-oldest' });
    for (const text of ['123', '456', '789']) queue.push(text);
    expect(queue.push('ééé')).toBe('queued');
    expect(drops).toEqual([
      ['123', 'overflow'],
      ['456', 'overflow'],
    ]);
    expect(queue.byteSize).toBe(9);
    expect(drained(queue)).toEqual(['789', 'ééé']);
  });

  it('is in the queue before its listener is told, so that what that sends comes behind', () => {
    const queue: PendingQueue = new PendingQueue(
      { ...limits, queueOverflow: 'drop-oldest', queueMaxMessages: 2 },
      (value) => value === 'a' && queue.push('again'),
    );
    for (const text of ['a', 'b', 'c']) queue.push(text);
    expect(drained(queue)).toEqual(['c', 'again']);
  });

  it('drives nothing out when it would not fit an empty queue either', () => {
    const queue = queueWith({ queueOverflow: 'drop-oldest' });
    queue.push('a');
    expect(queue.push('éééééé')).toBe('queue-bytes');
    expect(queue.push(new Uint8Array(11))).toBe('queue-bytes');
    expect(drops).toEqual([]);
    expect(drained(queue)).toEqual(['a']);
  });

  it('drives nothing out when its buffer is detached', () => {
    const queue = queueWith({ queueOverflow: 'drop-oldest', queueMaxMessages: 1 });
    queue.push('a');
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    expect(queue.push(buffer)).toBe('unsendable');
    expect(drops).toEqual([]);
    expect(drained(queue)).toEqual(['a']);
  });
});

describe('a message that has waited', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('brings its age along', () => {
    const queue = queueWith();
    queue.push('a');
    vi.advanceTimersByTime(200);
    queue.push('b');
    vi.advanceTimersByTime(50);
    expect(queue.drain()).toEqual([
      { value: 'a', ageMs: 250 },
      { value: 'b', ageMs: 50 },
    ]);
  });

  it('for as long as it may is dropped when the queue is drained', () => {
    const queue = queueWith({ queueTtlMs: 1_000 });
    queue.push('a');
    vi.advanceTimersByTime(1);
    queue.push('b');
    vi.advanceTimersByTime(999);
    expect(drained(queue)).toEqual(['b']);
    expect(drops).toEqual([['a', 'expired']]);
  });

  it('makes room for a new one', () => {
    const queue = queueWith({ queueTtlMs: 1_000, queueMaxMessages: 1 });
    queue.push('a');
    vi.advanceTimersByTime(1_000);
    expect(queue.push('b')).toBe('queued');
    expect(drops).toEqual([['a', 'expired']]);
    expect(queue.byteSize).toBe(1);
  });
});
