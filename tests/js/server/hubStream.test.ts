import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HubFixture, NotedSubscriber } from '../../support/server/hubFixture.js';

describe('HubStream', () => {
  let world: HubFixture;
  beforeEach(() => {
    world = new HubFixture();
  });
  afterEach(() => world.end());

  it('puts what is published in one turn into one run', async () => {
    await world.join();
    for (const value of ['a', 'b', 'c']) world.publish(value);
    await world.round();
    expect(world.subscriber.shown).toEqual(['1-3: a b c']);
  });

  it('closes a run at 32 KiB without waiting', async () => {
    await world.join();
    for (let i = 0; i < 8; i++) world.publish('x'.repeat(10_000));
    expect(world.subscriber.runs.map(({ first, last }) => [first, last])).toEqual([
      [1, 3],
      [4, 6],
    ]);
    expect(world.subscriber.flushes).toBe(2);
    for (const { frame } of world.subscriber.runs) expect(frame.length).toBeLessThan(32_768);
    await world.round();
    expect(world.subscriber.runs.length).toBe(3);
  });

  it('sends at once what is larger than a frame', async () => {
    await world.join();
    world.publish('x'.repeat(40_000));
    expect(world.subscriber.runs.length).toBe(1);
  });

  it('reads what the feed has lost, once for all who miss it', async () => {
    const others = [0, 1, 2].map(() => new NotedSubscriber());
    for (const subscriber of others) await world.join(null, subscriber);
    world.publish('a');
    await world.round();
    world.broker.publish('board', new TextEncoder().encode('"lost"'));
    world.broker.lose();
    world.publish('c');
    await world.round();
    expect(world.broker.waitingCount).toBe(1);
    await world.answer();
    for (const { shown, resyncs } of others) {
      expect([shown, resyncs]).toEqual([['1-1: a', '2-3: lost c'], []]);
    }
    expect(others[0]?.runs[1]?.frame).toBe(others[2]?.runs[1]?.frame);
  });

  it('flushes what came before a hole as what it is', async () => {
    await world.join();
    world.publish('a');
    await world.round();
    world.publish('b');
    world.broker.publish('board', new TextEncoder().encode('"lost"'));
    world.broker.lose();
    world.publish('d');
    await world.round();
    await world.answer();
    expect(world.subscriber.shown).toEqual(['1-1: a', '2-2: b', '3-4: lost d']);
  });

  it('passes over what the feed repeats', async () => {
    await world.join();
    const listeners: ((epoch: string, offset: number) => void)[] = [];
    const { broker } = world;
    const watch = broker.watch.bind(broker);
    broker.watch = (stream, listener) => {
      const payload = new Uint8Array([0x31]);
      listeners.push((epoch, offset) => listener(epoch, { offset, key: null, payload }));
      return watch(stream, listener);
    };
    const { epoch } = await world.join(null, world.subscriber, 'chat');
    for (const offset of [1, 1, 2, 1, 3]) listeners[0]?.(epoch, offset);
    await world.round();
    expect(world.subscriber.shown).toEqual(['1-3: 1 1 1']);
  });

  it('tells everyone once when the epoch has changed', async () => {
    const others = [new NotedSubscriber(), new NotedSubscriber()];
    for (const subscriber of others) await world.join(null, subscriber);
    world.publish('a');
    await world.round();
    world.broker.restart();
    for (const value of ['b', 'c']) {
      world.publish(value);
      await world.round();
      await world.answer();
    }
    for (const { shown, resyncs } of others) {
      expect(shown).toEqual(['1-1: a']);
      expect(resyncs).toEqual([[expect.any(Number), expect.any(String), expect.any(Number)]]);
    }
  });

  it('keeps nothing while nobody is subscribed', async () => {
    await world.join();
    world.publish('a');
    world.hub.leave(world.subscriber, 'board');
    world.publish('b');
    const joined = await world.join();
    expect(joined.top).toBe(2);
    world.publish('c');
    await world.round();
    expect(world.subscriber.shown).toEqual(['3-3: c']);
  });
});
