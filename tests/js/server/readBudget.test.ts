import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadBudget } from '../../../js/src/server/readBudget.js';
import { HubFixture, NotedSubscriber } from '../../support/server/hubFixture.js';

describe('ReadBudget', () => {
  const subscriber = new NotedSubscriber();
  let budget: ReadBudget;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    budget = new ReadBudget();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets a million entries be read at once, and 100,000 a second from then on', () => {
    for (let i = 0; i < 20; i += 1) {
      expect(budget.waitMs(subscriber)).toBe(0);
      budget.spend(subscriber, 50_000);
    }
    expect(budget.waitMs(subscriber)).toBe(0);
    budget.spend(subscriber, 50_000);
    expect(budget.waitMs(subscriber)).toBe(500);
    expect(budget.waitMs(new NotedSubscriber())).toBe(0);
    vi.advanceTimersByTime(500);
    expect(budget.waitMs(subscriber)).toBe(0);
  });

  it('makes nobody wait for longer than 5 s, nor for small reads', () => {
    for (let i = 0; i < 100_000; i += 1) budget.spend(subscriber, 999);
    expect(budget.waitMs(subscriber)).toBe(0);
    for (let i = 0; i < 9; i += 1) budget.spend(subscriber, 1_000_000);
    expect(budget.waitMs(subscriber)).toBe(5_000);
  });
});

describe('a subscriber that asks for a large history again and again', () => {
  let fixture: HubFixture;

  beforeEach(() => {
    fixture = new HubFixture();
  });

  afterEach(() => fixture.end());

  it('has to wait for it, and gets it', async () => {
    const { hub, broker, subscriber } = fixture;
    const [epoch] = broker.publish('board', Buffer.from('1'));
    for (let i = 1; i < 10_000; i += 1) broker.publish('board', Buffer.from('1'));
    broker.feed();
    const read = vi.spyOn(broker, 'read');
    const recoverAll = async (index: number) => {
      for (let i = 0; i < 120; i += 1) {
        hub.recover(subscriber, index, [epoch, 0]);
        await fixture.answer();
      }
    };
    const { index } = await fixture.join();
    await recoverAll(index);
    expect(read.mock.calls.length).toBeGreaterThan(99);
    expect(read.mock.calls.length).toBeLessThan(105);

    const join = hub.join(subscriber, 'board', [epoch, 9_999]);
    const asked = read.mock.calls.length;
    await fixture.answer();
    expect(read).toHaveBeenCalledTimes(asked);
    await vi.advanceTimersByTimeAsync(200);
    await fixture.answer();
    expect(await join).toMatchObject({ top: 10_000, recovered: true });
    expect(subscriber.failures).toEqual([]);
  });
});
