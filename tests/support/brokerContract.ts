import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Broker, Entry, Position } from '../../js/src/server/broker.js';
import { type ContractBroker, type Fresh, publishAll } from './server/contractBroker.js';
import { describeClients, describePresence, describeWatching } from './server/contractLive.js';
import { parsed, payloadOf } from './server/payload.js';

export type { ContractBroker } from './server/contractBroker.js';

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

function shown(entries: readonly Entry[] | null) {
  return entries?.map(({ offset, key, payload }) => [offset, key, parsed(payload)]) ?? null;
}
