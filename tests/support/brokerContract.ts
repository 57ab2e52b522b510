import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Broker, Entry, Position } from '../../js/src/server/broker.js';
import { parsed, payloadOf } from './server/payload.js';
import { turn, turns, until } from './until.js';

/** What a test of the contract may do to a broker. */
export interface ContractBroker {
  readonly broker: Broker;
  /** One more process of the same broker; the same object where there is only one. */
  readonly other: Broker;
  /** Lets go of all it holds. */
  end(): void | Promise<void>;
}

let names = 0;

/**
 * What every broker does, whether it answers at once or over a network. Streams, users and clients
 * have names that were never used before, so that one broker may serve many runs.
 */
export function brokerContract(name: string, make: () => ContractBroker | Promise<ContractBroker>) {
  describe(`${name}, as a broker`, () => {
    let made: ContractBroker;
    const broker = () => made.broker;
    const fresh = (word: string) => `${word}-${process.pid}-${Date.now()}-${++names}`;

    beforeEach(async () => {
      made = await make();
    });
    afterEach(async () => {
      await made.end();
    });

    describePublishing(broker, fresh);
    describeReading(broker, fresh);
    describeWatching(() => made, fresh);
    describeClients(broker, fresh);
    describePresence(() => made, fresh);
  });
}

type Fresh = (word: string) => string;

async function publishAll(broker: Broker, stream: string, values: readonly unknown[]) {
  const positions: Position[] = [];
  for (const value of values) positions.push(await broker.publish(stream, payloadOf(value)));
  return positions;
}

/** Until `isDone`, a turn at a time; fails after 4 s. */
async function repeat(act: () => unknown, isDone: () => boolean): Promise<void> {
  const end = performance.now() + 4_000;
  while (!isDone()) {
    if (performance.now() > end) throw new Error('acted for 4 s in vain');
    await act();
    await turn();
  }
}

function shown(entries: readonly Entry[] | null) {
  return entries?.map(({ offset, key, payload }) => [offset, key, parsed(payload)]) ?? null;
}

function describePublishing(broker: () => Broker, fresh: Fresh): void {
  it('numbers the publications of a stream from 1, without holes', async () => {
    const stream = fresh('stream');
    const before = await broker().position(stream);
    expect(before[1]).toBe(0);
    const positions = await publishAll(broker(), stream, ['a', 'b', 'c']);
    expect(positions).toEqual([1, 2, 3].map((offset) => [before[0], offset]));
    expect(await broker().position(stream)).toEqual([before[0], 3]);
  });

  it('numbers each stream by itself, in an epoch that the protocol can name', async () => {
    const [one, two] = [fresh('stream'), fresh('stream')];
    await publishAll(broker(), one, [1, 2]);
    const [position] = await publishAll(broker(), two, [1]);
    expect(position?.[1]).toBe(1);
    expect(position?.[0]).toMatch(/^[A-Za-z0-9_.-]{1,64}$/);
  });

  it('publishes the same publication of a message once', async () => {
    const stream = fresh('stream');
    const client = fresh('client');
    const publish = (seq: number, ordinal: number) =>
      broker().publish(stream, payloadOf([seq, ordinal]), { origin: { client, seq, ordinal } });
    const first = await publish(1, 1);
    await publish(1, 2);
    expect((await publish(1, 1))[0]).toBe(first[0]);
    await publish(1, 2);
    await publish(1, 3);
    await publish(2, 1);
    await publish(1, 1);
    const { entries } = await broker().read(stream, [first[0], 0]);
    expect(shown(entries)?.map(([, , value]) => value)).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
    ]);
  });

  it('knows the messages of one client from those of another', async () => {
    const stream = fresh('stream');
    for (const client of [fresh('client'), fresh('client')]) {
      await broker().publish(stream, payloadOf(1), { origin: { client, seq: 1, ordinal: 1 } });
    }
    expect((await broker().position(stream))[1]).toBe(2);
  });
}

function describeReading(broker: () => Broker, fresh: Fresh): void {
  it('tells what came after a position, and nothing after the newest', async () => {
    const stream = fresh('stream');
    const [first, , third] = await publishAll(broker(), stream, ['a', 'b', 'c']);
    const [epoch] = first as Position;
    const history = await broker().read(stream, first as Position);
    expect([history.epoch, history.top]).toEqual([epoch, 3]);
    expect(shown(history.entries)).toEqual([
      [2, null, 'b'],
      [3, null, 'c'],
    ]);
    expect((await broker().read(stream, third as Position)).entries).toEqual([]);
  });

  it('keeps bytes as they are', async () => {
    const stream = fresh('stream');
    const [epoch] = await broker().position(stream);
    const text = '"\u0000 \ud83d\ude00 \\u2028 é"';
    await broker().publish(stream, new TextEncoder().encode(text));
    const { entries } = await broker().read(stream, [epoch, 0]);
    expect(new TextDecoder().decode(entries?.[0]?.payload)).toBe(text);
  });

  it('cannot tell what came after an offset beyond the newest, or in another epoch', async () => {
    const stream = fresh('stream');
    const [position] = await publishAll(broker(), stream, ['a']);
    const [epoch] = position as Position;
    const expected = { epoch, top: 1, entries: null };
    expect(await broker().read(stream, [epoch, 2])).toEqual(expected);
    expect(await broker().read(stream, ['another', 0])).toEqual(expected);
  });

  it('leaves out what a newer publication of the same key has made needless', async () => {
    const stream = fresh('stream');
    const [epoch] = await broker().position(stream);
    const keys = ['x', 'y', undefined, 'x', 'z', 'x'];
    for (const [at, key] of keys.entries()) {
      await broker().publish(stream, payloadOf(at + 1), { key });
    }
    const after = async (offset: number) =>
      shown((await broker().read(stream, [epoch, offset])).entries);
    expect(await after(0)).toEqual([
      [2, 'y', 2],
      [3, null, 3],
      [5, 'z', 5],
      [6, 'x', 6],
    ]);
    expect(await after(5)).toEqual([[6, 'x', 6]]);
  });
}

function describeWatching(made: () => ContractBroker, fresh: Fresh): void {
  it('passes on what is published from then on, in order, whoever publishes', async () => {
    const { broker, other } = made();
    const stream = fresh('stream');
    const heard: [string, number, unknown][] = [];
    const [before] = await publishAll(broker, stream, ['before']);
    const stop = broker.watch(stream, (epoch, { offset, payload }) => {
      heard.push([epoch, offset, parsed(payload)]);
    });
    // A network may take a moment until it watches.
    await repeat(
      () => other.publish(stream, payloadOf('probe')),
      () => heard.length > 0,
    );
    await publishAll(other, stream, ['a', 'b']);
    await until(() => heard.at(-1)?.[2] === 'b', 'the last publication has come');
    const offsets = heard.map(([, offset]) => offset);
    expect(offsets).toEqual(offsets.map((_, place) => (offsets[0] as number) + place));
    expect(new Set(heard.map(([epoch]) => epoch))).toEqual(new Set([before?.[0]]));
    stop();
    stop();
  });

  it('passes on nothing of other streams, and nothing after the end', async () => {
    const { broker } = made();
    const [stream, another] = [fresh('stream'), fresh('stream')];
    const heard: unknown[] = [];
    const still: unknown[] = [];
    const stop = broker.watch(stream, (_, { payload }) => heard.push(parsed(payload)));
    broker.watch(stream, (_, { payload }) => still.push(parsed(payload)));
    await repeat(
      () =>
        publishAll(broker, another, ['foreign']).then(() => publishAll(broker, stream, ['own'])),
      () => heard.length > 0 && still.length > 0,
    );
    stop();
    const { length } = heard;
    await broker.publish(stream, payloadOf('late'));
    await until(() => still.includes('late'), 'the other watcher has heard');
    expect(heard.slice(0, length)).toEqual(heard);
    expect(new Set(heard)).toEqual(new Set(['own']));
  });

  it('knows of everything that it has passed on when it is asked afterwards', async () => {
    const { broker, other } = made();
    const stream = fresh('stream');
    const isKnown: Promise<boolean>[] = [];
    broker.watch(stream, (epoch, { offset }) => {
      const read = Promise.resolve(broker.read(stream, [epoch, 0]));
      isKnown.push(read.then(({ top }) => top >= offset));
    });
    await repeat(
      () => other.publish(stream, payloadOf(isKnown.length)),
      () => isKnown.length >= 5,
    );
    expect(new Set(await Promise.all(isKnown))).toEqual(new Set([true]));
  });
}

function describeClients(broker: () => Broker, fresh: Fresh): void {
  it('knows no cursor of a client that it has not met', async () => {
    expect(await broker().cursor(fresh('client'))).toBeNull();
  });

  it('takes any cursor from an unknown client, and then only the next one', async () => {
    const client = fresh('client');
    expect(await broker().advance(client, 7)).toBe(true);
    for (const seq of [7, 6, 9]) expect(await broker().advance(client, seq)).toBe(false);
    expect(await broker().cursor(client)).toBe(7);
    expect(await broker().advance(client, 8)).toBe(true);
    expect(await broker().cursor(client)).toBe(8);
  });

  it('lets one of two that advance at once succeed', async () => {
    const client = fresh('client');
    await broker().advance(client, 1);
    const both = await Promise.all([broker().advance(client, 2), broker().advance(client, 2)]);
    expect([...both].sort()).toEqual([false, true]);
  });

  it('keeps the cursor apart from what handlers have published', async () => {
    const client = fresh('client');
    const origin = { client, seq: 5, ordinal: 1 };
    await broker().publish(fresh('stream'), payloadOf(1), { origin });
    expect(await broker().cursor(client)).toBeNull();
  });
}

function describePresence(made: () => ContractBroker, fresh: Fresh): void {
  it('names each user once while one of their connections is there', async () => {
    const { broker, other } = made();
    const stream = fresh('stream');
    expect(await broker.presence(stream)).toEqual([]);
    await broker.attend(stream, 'ada', 1);
    await other.attend(stream, 'ada', 1);
    await broker.attend(stream, 'bob', 1);
    expect([...(await other.presence(stream))].sort()).toEqual(['ada', 'bob']);
    await broker.attend(stream, 'ada', -1);
    await broker.attend(stream, 'bob', -1);
    expect(await broker.presence(stream)).toEqual(['ada']);
    await other.attend(stream, 'ada', -1);
    expect(await broker.presence(stream)).toEqual([]);
  });

  it('passes signals to everyone, the sender included, until they stop', async () => {
    const { broker, other } = made();
    const user = fresh('user');
    const heard: string[] = [];
    const stops = [broker, other].map((each, at) =>
      each.onSignal((signal) => {
        if (signal.kind === 'revoke' && signal.user === user) heard.push(`${at}`);
      }),
    );
    await repeat(
      () => broker.signal({ kind: 'revoke', user }),
      () => heard.includes('0') && heard.includes('1'),
    );
    for (const stop of stops) stop();
    const { length } = heard;
    await broker.signal({ kind: 'revoke', user });
    await turns();
    expect(heard.length).toBe(length);
  });
}
