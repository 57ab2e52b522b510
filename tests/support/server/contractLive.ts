import { expect, it } from 'vitest';
import type { Broker } from '../../../js/src/server/broker.js';
import { turn, turns, until } from '../until.js';
import { type ContractBroker, type Fresh, publishAll } from './contractBroker.js';
import { parsed, payloadOf } from './payload.js';

export function describeWatching(made: () => ContractBroker, fresh: Fresh): void {
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

export function describeClients(broker: () => Broker, fresh: Fresh): void {
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

export function describePresence(made: () => ContractBroker, fresh: Fresh): void {
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

/** Until `isDone`, a turn at a time; fails after 4 s. */
async function repeat(act: () => unknown, isDone: () => boolean): Promise<void> {
  const end = performance.now() + 4_000;
  while (!isDone()) {
    if (performance.now() > end) throw new Error('acted for 4 s in vain');
    await act();
    await turn();
  }
}
