import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Hub } from '../../../js/src/server/hub.js';
import { memoryBroker } from '../../../js/src/server/memoryBroker.js';
import { HubFixture, NotedSubscriber } from '../../support/server/hubFixture.js';
import { payloadOf } from '../../support/server/payload.js';
import { turn, turns } from '../../support/until.js';

describe('Hub', () => {
  let world: HubFixture;
  beforeEach(() => {
    world = new HubFixture();
  });
  afterEach(() => world.end());

  it('answers a join with where the stream stands, and sends nothing before start', async () => {
    const [epoch] = world.publish('a');
    const join = world.hub.join(world.subscriber, 'board', null);
    await world.answer();
    const joined = await join;
    expect(joined).toMatchObject({ epoch, top: 1, recovered: true });
    world.publish('b');
    await world.round();
    expect(world.subscriber.runs).toEqual([]);
    joined.start();
    await world.answer();
    expect(world.subscriber.shown).toEqual(['2-2: b']);
  });

  it('replays what came after a position, and goes on with what comes', async () => {
    const [epoch] = world.publish('a');
    for (const value of ['b', 'c']) world.publish(value);
    const joined = await world.join([epoch, 1]);
    expect(joined).toMatchObject({ epoch, top: 3, recovered: true });
    world.publish('d');
    await world.round();
    expect(world.subscriber.shown).toEqual(['2-3: b c', '4-4: d']);
  });

  it('sends nothing after a position that it cannot recover', async () => {
    world.publish('a');
    const joined = await world.join(['another', 1]);
    expect(joined).toMatchObject({ top: 1, recovered: false });
    world.publish('b');
    await world.round();
    world.hub.recover(world.subscriber, joined.index, ['another', 0]);
    await world.answer();
    expect([world.subscriber.runs, world.subscriber.resyncs]).toEqual([[], []]);
  });

  it('gives all who are in step the same frame, under one index', async () => {
    const others = [new NotedSubscriber(), new NotedSubscriber()];
    const joins = [];
    for (const subscriber of others) joins.push(await world.join(null, subscriber));
    world.publish('a');
    await world.round();
    expect(joins[0]?.index).toBe(joins[1]?.index);
    expect(others[0]?.runs[0]?.frame).toBe(others[1]?.runs[0]?.frame);
  });

  it('never uses an index twice on a socket', async () => {
    const indexes = new Set<number>();
    const note = async (stream: string) => {
      const { index } = await world.join(null, world.subscriber, stream);
      expect(indexes.has(index)).toBe(false);
      indexes.add(index);
    };
    await note('board');
    await note('board');
    await note('chat');
    world.hub.leave(world.subscriber, 'board');
    await note('board');
    world.hub.leaveAll(world.subscriber);
    await note('chat');
    await note('board');
  });

  it('replaces a subscription by a second join', async () => {
    const first = await world.join();
    const second = await world.join();
    first.start();
    world.publish('a');
    await world.round();
    expect(world.subscriber.runs.map(({ index }) => index)).toEqual([second.index]);
  });

  it('answers two joins at once in their order, and follows the second', async () => {
    const order: string[] = [];
    const joins = ['first', 'second'].map(async (name) => {
      const joined = await world.hub.join(world.subscriber, 'board', null);
      order.push(name);
      joined.start();
      return joined;
    });
    world.broker.release(1);
    await turns();
    expect(order).toEqual([]);
    await world.answer();
    const [, second] = await Promise.all(joins);
    expect(order).toEqual(['first', 'second']);
    world.publish('a');
    await world.round();
    expect(world.subscriber.runs.map(({ index }) => index)).toEqual([second?.index]);
  });

  it('answers a join that was left meanwhile, and sends nothing', async () => {
    const join = world.hub.join(world.subscriber, 'board', null);
    world.hub.leave(world.subscriber, 'board');
    await world.answer();
    (await join).start();
    world.publish('a');
    await world.round();
    expect(world.subscriber.runs).toEqual([]);
  });

  it('rejects with what the broker says, and can be joined again', async () => {
    world.broker.failure = new Error('the broker is away');
    const join = world.hub.join(world.subscriber, 'board', null);
    const rejection = expect(join).rejects.toThrow('the broker is away');
    await world.answer();
    await rejection;
    await world.join();
    world.publish('a');
    await world.round();
    expect(world.subscriber.shown).toEqual(['1-1: a']);
  });

  it('rejects when the broker throws, and keeps nothing', async () => {
    const broker = memoryBroker({ streamsMax: 1 });
    const hub = new Hub({ broker });
    await hub.join(world.subscriber, 'board', null);
    await expect(hub.join(world.subscriber, 'chat', null)).rejects.toThrow('streamsMax');
    hub.leave(world.subscriber, 'chat');
    hub.close();
  });

  it('sends again after a position that a client tells, or says that it cannot', async () => {
    const { index, epoch } = await world.join();
    for (const value of ['a', 'b']) world.publish(value);
    await world.round();
    world.hub.recover(world.subscriber, index, [epoch, 1]);
    world.hub.recover(world.subscriber, index + 1, [epoch, 0]);
    await world.answer();
    expect(world.subscriber.shown).toEqual(['1-2: a b', '2-2: b']);
    world.hub.recover(world.subscriber, index, [epoch, 9]);
    await world.answer();
    world.publish('c');
    await world.round();
    expect(world.subscriber.runs.length).toBe(2);
    expect(world.subscriber.resyncs).toEqual([[index, epoch, 2]]);
  });

  it('writes once for all streams of a round', async () => {
    const streams = ['board', 'chat', 'news'];
    for (const stream of streams) await world.join(null, world.subscriber, stream);
    for (const stream of streams) world.publish('a', undefined, stream);
    await world.round();
    expect([world.subscriber.runs.length, world.subscriber.flushes]).toEqual([3, 1]);
  });

  it('sends what is published from within a broker listener', async () => {
    const broker = memoryBroker();
    const echoing = new Hub({ broker });
    broker.watch('board', (_, { offset }) => {
      if (offset < 3) echoing.publish('board', payloadOf(`echo ${offset}`));
    });
    (await echoing.join(world.subscriber, 'board', null)).start();
    echoing.publish('board', payloadOf('news'));
    await world.round();
    expect(world.subscriber.shown).toEqual(['1-3: news echo 1 echo 2']);
    echoing.close();
  });

  it('refuses a publication that is too large, with the remedy', () => {
    const hub = new Hub({ broker: world.broker, publicationBytesMax: 10 });
    expect(hub.publish('board', new Uint8Array(10))).toMatchObject([expect.any(String), 1]);
    const publish = () => hub.publish('board', new Uint8Array(11));
    expect(publish).toThrow(RangeError);
    expect(publish).toThrow('11 bytes is more than the limit of 10; publish it in parts');
  });

  it('answers positions as the broker does', async () => {
    const position = world.publish('a');
    const asked = world.hub.position('board');
    await world.answer();
    expect(await asked).toEqual(position);
  });

  it('watches a stream a second longer than anyone is subscribed to it', async () => {
    await world.join();
    await world.join(null, world.subscriber, 'chat');
    world.hub.leave(world.subscriber, 'board');
    vi.advanceTimersByTime(900);
    expect(world.broker.watched).toEqual(['board', 'chat']);
    world.hub.leave(world.subscriber, 'chat');
    vi.advanceTimersByTime(101);
    expect(world.broker.watched).toEqual(['chat']);
    await world.join(null, world.subscriber, 'chat');
    vi.advanceTimersByTime(5_000);
    expect(world.broker.watched).toEqual(['chat']);
    world.hub.leaveAll(world.subscriber);
    vi.advanceTimersByTime(5_000);
    expect([world.broker.watched, vi.getTimerCount()]).toEqual([[], 0]);
  });

  it('lets no more than 1,000 streams linger', async () => {
    const hub = new Hub({ broker: world.broker });
    for (let i = 0; i < 1_100; i++) {
      void hub.join(world.subscriber, `stream ${i}`, null);
      hub.leave(world.subscriber, `stream ${i}`);
    }
    expect(world.broker.watched.length).toBe(1_000);
    await world.answer();
    hub.close();
    expect(world.broker.watched.length).toBe(0);
  });

  it('takes nobody in once it is closed', async () => {
    await world.join();
    world.hub.close();
    world.publish('a');
    await turn();
    expect([world.subscriber.runs, world.broker.watched]).toEqual([[], []]);
    await expect(world.hub.join(world.subscriber, 'board', null)).rejects.toThrow('hub is closed');
  });
});
