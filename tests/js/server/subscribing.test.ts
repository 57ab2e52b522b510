import { expect, it, vi } from 'vitest';
import type { Connection } from '../../../js/src/server/connection.js';
import { Counters } from '../../../js/src/server/counters.js';
import { Hub } from '../../../js/src/server/hub.js';
import { resolveLimits } from '../../../js/src/server/limits.js';
import { memoryBroker } from '../../../js/src/server/memoryBroker.js';
import { Presence } from '../../../js/src/server/presence.js';
import { subscribe } from '../../../js/src/server/subscribing.js';

function connection(authorize: (user: string, stream: string) => boolean | Promise<boolean>) {
  const broker = memoryBroker();
  const hub = new Hub({ broker });
  const counters = new Counters();
  const context = {
    hub,
    broker,
    counters,
    presence: new Presence(broker, () => {}),
    settings: { limits: resolveLimits({ streamsPerConnection: 3 }) },
    handlers: { authorize, onEvent: () => {} },
  };
  const made = {
    context,
    user: 'ada',
    userId: 'ada',
    isClosing: false,
    streams: new Set<string>(),
    unsubscribe: vi.fn((stream: string) => {
      if (!made.streams.delete(stream)) return;
      hub.leave(made as unknown as Connection, stream);
    }),
    close: vi.fn(),
    unsent: 0,
    take: vi.fn(),
    flush: vi.fn(),
    resync: vi.fn(),
  };
  return { made, connection: made as unknown as Connection, broker, hub };
}

const all = (...streams: string[]) => streams.map((stream) => ({ stream, from: null }));

it('answers each stream in its place', async () => {
  const { connection: ada, made } = connection((_, stream) => stream !== 'b');
  const answers = await subscribe(ada, all('a', 'b', 'c'));
  expect(answers?.map(({ answer }) => [answer[0], answer[1] !== null])).toEqual([
    ['a', true],
    ['b', false],
    ['c', true],
  ]);
  expect([...made.streams]).toEqual(['a', 'c']);
  expect(made.context.counters.subscriptions).toBe(2);
});

it('ends a subscription that is not allowed any more', async () => {
  let isAllowed = true;
  const { connection: ada, made } = connection(() => isAllowed);
  await subscribe(ada, all('a'));
  isAllowed = false;
  const answers = await subscribe(ada, all('a'));
  expect(answers?.[0]?.answer).toEqual(['a', null, 4403, 'not allowed']);
  expect(made.unsubscribe).toHaveBeenCalledExactlyOnceWith('a');
});

it('answers as things are when the answer leaves, not when it was found', async () => {
  const { connection: ada } = connection(() => true);
  const answers = await subscribe(ada, all('a', 'b'));
  ada.unsubscribe('a'); // by a recheck, while WELCOME waits for the cursor
  expect(answers?.[0]?.answer).toEqual(['a', null, 4403, 'not allowed']);
  expect(answers?.[1]?.answer[1]).not.toBeNull();
  answers?.[0]?.start();
});

it('counts a stream once, however often it is subscribed to', async () => {
  const { connection: ada, made, broker } = connection(() => true);
  await subscribe(ada, all('a', 'a', 'b', 'c', 'd'));
  expect([...made.streams]).toEqual(['a', 'b', 'c']);
  await subscribe(ada, all('a'));
  expect(made.context.counters.subscriptions).toBe(3);
  expect(await broker.presence('a')).toEqual(['ada']);
});

it('counts each answer that tells of a gap', async () => {
  const { connection: ada, made } = connection(() => true);
  const from = ['another', 7] as const;
  const answers = await subscribe(ada, [...all('a'), { stream: 'b', from }]);
  expect(answers?.map(({ answer }) => answer[4])).toEqual([true, false]);
  expect(made.context.counters.resyncs).toBe(1);
});

it('asks the broker nothing for a connection that closes meanwhile', async () => {
  const { connection: ada, made, hub } = connection(async () => true);
  const join = vi.spyOn(hub, 'join');
  const answers = subscribe(ada, all('a'));
  made.isClosing = true;
  expect(await answers).toBeNull();
  expect(join).not.toHaveBeenCalled();
});

it('closes with 4500 where the application or the broker fails', async () => {
  const {
    connection: ada,
    made,
    hub,
  } = connection(async (_, stream) => {
    if (stream === 'x') throw new Error('no database');
    return true;
  });
  expect(await subscribe(ada, all('a', 'x'))).toBeNull();
  expect(made.close).toHaveBeenCalledExactlyOnceWith(4500, expect.any(String));
  vi.spyOn(hub, 'join').mockRejectedValue(new Error('no network'));
  expect(await subscribe(ada, all('a'))).toBeNull();
  expect(made.context.counters.brokerFailures).toBe(1);
  expect(made.close).toHaveBeenCalledTimes(2);
});

it('reads the history of a stream once, however often it is named', async () => {
  const { connection: ada, broker } = connection(() => true);
  const [epoch] = await broker.publish('a', Buffer.from('1'));
  const read = vi.spyOn(broker, 'read');
  const requests = Array.from({ length: 100 }, (_, i) => ({
    stream: 'a',
    from: i === 99 ? ([epoch, 0] as const) : (['another', 5] as const),
  }));
  const answers = await subscribe(ada, requests);
  expect(read).toHaveBeenCalledExactlyOnceWith('a', [epoch, 0]);
  expect(answers).toHaveLength(100);
  expect(new Set(answers?.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
  expect(answers?.[0]?.answer.slice(2)).toEqual([epoch, 1, true]);
});

it('tells of no subscription that ended while the broker was asked', async () => {
  const { connection: ada, made, broker } = connection(() => true);
  let answer = () => {};
  vi.spyOn(broker, 'position').mockReturnValue(
    new Promise((resolve) => {
      answer = () => resolve(['e1', 0]);
    }),
  );
  const answers = subscribe(ada, all('a', 'b'));
  await vi.waitFor(() => expect([...made.streams]).toEqual(['a', 'b']));
  made.unsubscribe('a');
  answer();
  expect((await answers)?.map(({ answer: [stream, index] }) => [stream, index === null])).toEqual([
    ['a', true],
    ['b', false],
  ]);
});
