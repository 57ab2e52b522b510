import { beforeEach, describe, expect, test } from 'vitest';
import { FloodGauge } from '../../../../demo/page/record/floodGauge.js';

let now;
let gauge;

beforeEach(() => {
  now = 0;
  gauge = new FloodGauge(() => now);
});

function receive(...numbers) {
  for (const n of numbers) gauge.note({ flood: 'a', n, of: 4 });
}

describe('flood gauge', () => {
  test('there is nothing to tell before the first flood', () => {
    expect(gauge.snapshot()).toBeNull();
    expect(gauge.isRunning).toBe(false);
  });

  test('each once and in order is complete', () => {
    gauge.begin('a', 4);
    now = 20;
    receive(1, 2, 3, 4);
    const perfect = { received: 4, doubled: 0, outOfOrder: 0, tookMs: 20, state: 'complete' };
    expect(gauge.snapshot()).toMatchObject(perfect);
  });

  test('messages may come before the answer that announces them', () => {
    receive(1, 2);
    gauge.begin('a', 4);
    expect(gauge.snapshot()).toMatchObject({ received: 2, of: 4, state: 'running' });
  });

  test('a double is counted, and not as one more', () => {
    receive(1, 2, 2, 3);
    expect(gauge.snapshot()).toMatchObject({ received: 3, doubled: 1, outOfOrder: 0 });
  });

  test('a message that was overtaken is out of order', () => {
    receive(1, 3, 2, 4);
    expect(gauge.snapshot()).toMatchObject({ received: 4, doubled: 0, outOfOrder: 1 });
  });

  test('a close cuts it off, unless it is complete', () => {
    receive(1, 2);
    gauge.closed();
    expect(gauge.snapshot().state).toBe('cut');
    receive(3, 4);
    gauge.closed();
    expect(gauge.snapshot().state).toBe('complete');
  });

  test('the longest frame counts only while it runs', () => {
    gauge.frame(900);
    receive(1, 2);
    gauge.frame(16);
    gauge.frame(40);
    receive(3, 4);
    gauge.frame(900);
    expect(gauge.snapshot().longestFrameMs).toBe(40);
  });
});
