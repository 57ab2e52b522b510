import { expect, it } from 'vitest';
import { SendQueue } from '../../../js/src/core/sendQueue.js';

const take = (queue: SendQueue) => queue.takeOldest().value;

it('is emptied message by message, and knows its bytes', () => {
  const queue = new SendQueue(3, 4);
  expect(['é', 'a', '', 'b'].map((text) => queue.push(text))).toEqual([
    'queued',
    'queued',
    'queued',
    'queue-messages',
  ]);
  expect([queue.byteSize, queue.size]).toEqual([3, 3]);
  expect(take(queue)).toBe('é');
  expect([queue.byteSize, queue.size]).toEqual([1, 2]);
  expect(queue.push('1234')).toBe('queue-bytes');
  expect([take(queue), take(queue)]).toEqual(['a', '']);
  expect([queue.byteSize, queue.size]).toEqual([0, 0]);
});

it('takes a message back in front of those that came behind it', () => {
  const queue = new SendQueue(3, 10);
  queue.push('first');
  queue.push('next');
  queue.putBack(queue.takeOldest());
  expect([queue.byteSize, queue.size]).toEqual([9, 2]);
  expect([take(queue), take(queue)]).toEqual(['first', 'next']);
});
