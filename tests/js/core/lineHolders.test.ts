import { expect, it, vi } from 'vitest';
import { LineHolders } from '../../../js/src/core/lineHolders.js';
import { uncaught } from '../../support/uncaught.js';

it('all who hold a line are told, each by the callbacks that he has then', () => {
  const holders = new LineHolders();
  const [first, second] = [vi.fn(), vi.fn()];
  let current = { onMessage: first };
  holders.add(() => current);
  holders.add(() => ({}));
  const event = new MessageEvent('message');
  holders.tell(({ onMessage }) => onMessage?.(event));
  current = { onMessage: second };
  holders.tell(({ onMessage }) => onMessage?.(event));
  expect(first).toHaveBeenCalledExactlyOnceWith(event);
  expect(second).toHaveBeenCalledExactlyOnceWith(event);
});

it('what one throws does not keep the others from being told', async () => {
  const holders = new LineHolders();
  const error = new Error('mine');
  const told = vi.fn();
  holders.add(() => {
    throw error;
  });
  holders.add(() => ({ onMessage: told }));
  const message = new MessageEvent('message');
  const errors = await uncaught(async () => holders.tell(({ onMessage }) => onMessage?.(message)));
  expect(told).toHaveBeenCalledOnce();
  expect(errors).toEqual([error]);
});

it('messages are wanted while one of them has a callback for them', () => {
  const holders = new LineHolders();
  const callbacks: { onMessage?: () => void } = {};
  const holder = () => callbacks;
  holders.add(() => ({}));
  holders.add(holder);
  expect(holders.wantMessages).toBe(false);
  callbacks.onMessage = () => {};
  expect(holders.wantMessages).toBe(true);
  expect(holders.remove(holder)).toBe(true);
  expect(holders.remove(holder)).toBe(false);
  expect(holders.wantMessages).toBe(false);
  expect(holders.isEmpty).toBe(false);
  holders.clear();
  expect(holders.isEmpty).toBe(true);
});
