import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubFixture, NotedSubscriber } from '../../support/server/hubFixture.js';
import { turns } from '../../support/until.js';

const kib = 1024;

describe('Subscription', () => {
  let world: HubFixture;
  beforeEach(() => {
    world = new HubFixture();
  });
  afterEach(() => world.end());

  /** Publishes each in a round of its own. */
  async function publishEach(values: readonly string[], key?: (value: string) => string) {
    for (const value of values) {
      world.publish(value, key?.(value));
      await world.round();
    }
  }

  function drain(unsent = 0): Promise<void> {
    world.subscriber.unsent = unsent;
    world.hub.drained(world.subscriber);
    return world.answer();
  }

  it('sends only the newest of each key to a client above 256 KiB, later', async () => {
    await world.join();
    world.subscriber.unsent = 256 * kib;
    await publishEach(['a1'], (value) => value.charAt(0));
    world.subscriber.unsent = 256 * kib + 1;
    await publishEach(['a2', 'b1', 'a3', 'a4'], (value) => value.charAt(0));
    expect(world.subscriber.shown).toEqual(['1-1: a1']);
    await drain(64 * kib + 1);
    expect(world.subscriber.shown).toEqual(['1-1: a1']);
    await drain(64 * kib);
    expect(world.subscriber.shown).toEqual(['1-1: a1', '2-5: b1 a4']);
    await publishEach(['b2'], (value) => value.charAt(0));
    expect(world.subscriber.shown.at(-1)).toBe('6-6: b2');
  });

  it('sends a stream without keys until 1 MiB, and the rest from history', async () => {
    await world.join();
    world.subscriber.unsent = 1_024 * kib;
    await publishEach(['a']);
    world.subscriber.unsent = 1_024 * kib + 1;
    await publishEach(['b', 'c']);
    expect(world.subscriber.shown).toEqual(['1-1: a']);
    await drain();
    expect(world.subscriber.shown).toEqual(['1-1: a', '2-3: b c']);
  });

  it('asks for nothing while nothing waits', async () => {
    await world.join();
    await drain();
    expect(world.broker.waitingCount).toBe(0);
  });

  it('tells a client that was slow for longer than history reaches, once', async () => {
    const { index, epoch } = await world.join();
    world.subscriber.unsent = 2_048 * kib;
    world.publish('a');
    await world.round();
    world.broker.restart();
    await drain();
    expect(world.subscriber.resyncs).toEqual([[index, expect.not.stringMatching(epoch), 0]]);
    await drain();
    world.hub.recover(world.subscriber, index, [epoch, 0]);
    await world.answer();
    expect(world.subscriber.resyncs.length).toBe(1);
  });

  it('replays in frames of 32 KiB, and no further than the socket drains', async () => {
    const [epoch] = world.publish('first');
    for (let i = 0; i < 1_000; i++) world.publish('x'.repeat(1_000));
    world.subscriber.isSlow = true;
    await world.join([epoch, 0]);
    expect(world.subscriber.unsent).toBeGreaterThan(256 * kib);
    expect(world.subscriber.unsent).toBeLessThan(289 * kib);
    for (let round = 0; round < 4; round++) await drain();
    expect(world.subscriber.runs.at(-1)?.last).toBe(1_001);
    let next = 1;
    for (const { first, last, frame } of world.subscriber.runs) {
      expect(first).toBe(next);
      expect(frame.length).toBeLessThanOrEqual(32 * kib);
      next = last + 1;
    }
  });

  it('gives way after 1 MiB though the socket takes everything', async () => {
    const [epoch] = world.publish('first');
    for (let i = 0; i < 3_000; i++) world.publish('x'.repeat(1_000));
    const join = world.hub.join(world.subscriber, 'board', [epoch, 0]);
    world.broker.release(0);
    const joined = await join;
    joined.start();
    const sent = world.subscriber.runs.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(sent).toBeGreaterThan(1_024 * kib);
    expect(sent).toBeLessThan(1_090 * kib);
    for (let round = 0; round < 4; round++) {
      await world.answer();
    }
    expect(world.subscriber.runs.at(-1)?.last).toBe(3_001);
  });

  it('takes only what it has not got of a run that the feed brings late', async () => {
    await world.join();
    for (const value of ['a', 'b'])
      world.broker.publish('board', new TextEncoder().encode(`"${value}"`));
    const ahead = new NotedSubscriber();
    expect((await world.join(null, ahead)).top).toBe(2);
    world.publish('c');
    await world.round();
    expect(world.subscriber.shown).toEqual(['1-3: a b c']);
    expect(ahead.shown).toEqual(['3-3: c']);
    expect(world.broker.waitingCount).toBe(0);
  });

  it('takes nothing of a run that it has got already', async () => {
    await world.join();
    for (const value of ['a', 'b']) {
      world.broker.publish('board', new TextEncoder().encode(`"${value}"`));
    }
    const ahead = new NotedSubscriber();
    await world.join(null, ahead);
    world.broker.feed();
    await world.round();
    expect([world.subscriber.shown, ahead.shown]).toEqual([['1-2: a b'], []]);
  });

  it('stops a replay when the subscriber leaves in the midst of it', async () => {
    const [epoch] = world.publish('first');
    for (let i = 0; i < 100; i++) world.publish('x'.repeat(1_000));
    const { subscriber } = world;
    subscriber.take = (run) => {
      subscriber.runs.push(run);
      world.hub.leave(subscriber, 'board');
    };
    await world.join([epoch, 0]);
    expect(subscriber.runs.length).toBe(1);
  });

  it('reads only the streams that have lagged when the socket has drained', async () => {
    await world.join();
    await world.join(null, world.subscriber, 'chat');
    world.subscriber.unsent = 2_048 * kib;
    await publishEach(['a']);
    world.subscriber.unsent = 0;
    world.hub.drained(world.subscriber);
    expect(world.broker.waitingCount).toBe(1);
    await world.answer();
    expect(world.subscriber.shown).toEqual(['1-1: a']);
  });

  it('reads again what was flushed while it waited for an answer', async () => {
    const { epoch } = await world.join();
    world.publish('a');
    await world.round();
    const late = new NotedSubscriber();
    const join = world.hub.join(late, 'board', [epoch, 0]);
    world.publish('b');
    await world.round();
    world.broker.release(0);
    const joined = await join;
    expect(joined.top).toBe(1);
    joined.start();
    await world.answer();
    expect(late.shown).toEqual(['1-1: a', '2-2: b']);
  });

  it('takes the answer for nothing when it has been left or told otherwise meanwhile', async () => {
    const { index, epoch } = await world.join();
    await publishEach(['a', 'b']);
    world.hub.recover(world.subscriber, index, [epoch, 0]);
    world.hub.recover(world.subscriber, index, [epoch, 1]);
    await world.answer();
    expect(world.subscriber.shown).toEqual(['1-1: a', '2-2: b', '2-2: b']);
    world.hub.recover(world.subscriber, index, [epoch, 0]);
    world.hub.leave(world.subscriber, 'board');
    await world.answer();
    expect(world.subscriber.shown.length).toBe(3);
  });

  it('fails the subscriber when the broker fails in the background', async () => {
    const { index, epoch } = await world.join();
    const failure = new Error('the broker is away');
    world.broker.failure = failure;
    world.hub.recover(world.subscriber, index, [epoch, 0]);
    await world.answer();
    expect(world.subscriber.failures).toEqual([failure]);
    world.publish('a');
    await world.round();
    expect(world.subscriber.runs).toEqual([]);
  });

  it('fails the subscriber when the broker never knows of what it has passed on', async () => {
    await world.join();
    const { broker } = world;
    broker.read = async (_, [epoch, offset]) => ({ epoch, top: offset, entries: [] });
    for (const value of ['lost', 'b']) {
      broker.publish('board', new TextEncoder().encode(`"${value}"`));
      if (value === 'lost') broker.lose();
    }
    broker.feed();
    await turns();
    for (let round = 0; round < 60; round++) {
      vi.advanceTimersByTime(20);
      await turns(3);
    }
    expect(world.subscriber.failures).toMatchObject([
      { message: expect.stringContaining('offset 2') },
    ]);
  });
});
