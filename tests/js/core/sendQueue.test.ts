import { expect, it } from 'vitest';
import { SendQueue } from '../../../js/src/core/sendQueue.js';

it('is emptied message by message, and knows its bytes', () => {
  const queue = new SendQueue(3, 4);
  expect(queue.oldest).toBeUndefined();
  expect(['é', 'a', '', 'b'].map((text) => queue.push(text))).toEqual([
    'queued',
    'queued',
    'queued',
    'queue-messages',
  ]);
  expect([queue.oldest, queue.byteSize, queue.size]).toEqual(['é', 3, 3]);
  queue.removeOldest();
  expect([queue.oldest, queue.byteSize, queue.size]).toEqual(['a', 1, 2]);
  expect(queue.push('1234')).toBe('queue-bytes');
  for (let i = 0; i < 3; i++) queue.removeOldest();
  expect([queue.oldest, queue.byteSize, queue.size]).toEqual([undefined, 0, 0]);
});
