import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AckBatch } from '../../../js/src/server/ackBatch.js';
import type { Client } from '../../../js/src/server/client.js';

let acks: AckBatch;

beforeEach(() => {
  vi.useFakeTimers();
  acks = new AckBatch();
});

afterEach(() => {
  vi.useRealTimers();
});

function client() {
  const acknowledge = vi.fn();
  return { acknowledge, client: { acknowledge } as unknown as Client };
}

it('acknowledges within 50 ms, each client once', () => {
  const [ada, eve] = [client(), client()];
  for (let i = 0; i < 5; i += 1) acks.add(ada.client);
  acks.add(eve.client);
  expect(ada.acknowledge).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(50);
  expect(ada.acknowledge).toHaveBeenCalledOnce();
  expect(eve.acknowledge).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('acknowledges the 32nd message at once', () => {
  const { client: ada, acknowledge } = client();
  for (let i = 0; i < 31; i += 1) acks.add(ada);
  expect(acknowledge).not.toHaveBeenCalled();
  acks.add(ada);
  expect(acknowledge).toHaveBeenCalledOnce();
  acks.flush();
  expect(acknowledge).toHaveBeenCalledOnce();
});

it('forgets who has been told otherwise', () => {
  const { client: ada, acknowledge } = client();
  acks.add(ada);
  acks.forget(ada);
  acks.flush();
  expect(acknowledge).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
