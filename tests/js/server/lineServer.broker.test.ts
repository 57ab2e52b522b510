import { afterEach, describe, expect, it } from 'vitest';
import { type LineServerOptions, memoryBroker } from '../../../js/src/server/index.js';
import {
  type LineServerFixture,
  startLineServer,
  type TestUser,
} from '../../support/startLineServer.js';
import { until } from '../../support/until.js';

let server: LineServerFixture;

async function start(options?: Partial<LineServerOptions<TestUser>>) {
  server = await startLineServer(options);
  return server;
}

afterEach(() => server.close());

const id = (n: number) => `${n}`.padStart(22, 'c');

describe('a broker that fails', () => {
  const failing = (method: 'cursor' | 'position' | 'advance' | 'attend') => ({
    ...memoryMethods(),
    [method]: () => Promise.reject(new Error('no network')),
  });

  function memoryMethods() {
    const broker = memoryBroker();
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(broker));
    const bound = names
      .filter((name) => name !== 'constructor')
      .map((name) => [name, (Reflect.get(broker, name) as () => void).bind(broker)]);
    return Object.fromEntries(bound) as typeof broker;
  }

  it.each(['cursor', 'position'] as const)('at %s closes with 4500', async (method) => {
    const { dial, events, lines } = await start({ broker: failing(method) });
    const client = await dial();
    client.say([1, { v: 1, c: id(1), n: 1, s: [['a', null]] }]);
    expect(await client.closed).toMatchObject({ code: 4500 });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'failed', during: 'broker', user: 'ada' }),
    );
    expect(lines.counters().brokerFailures).toBeGreaterThan(0);
  });

  it('at advance closes with 4500, for the message may have to be handled again', async () => {
    const { dial } = await start({ broker: failing('advance'), onMessage: () => {} });
    const client = await dial();
    await client.hello();
    client.say([2, 1, 'a', 1]);
    expect(await client.closed).toMatchObject({ code: 4500 });
    expect(client.received).toEqual([]);
  });

  it('at attend costs presence only', async () => {
    const { dial, events } = await start({ broker: failing('attend') });
    const client = await dial();
    await client.hello([['a', null]]);
    await until(() => events.some(({ type }) => type === 'failed'), 'it is reported');
    client.say([9, 0, 1]);
    expect(await client.frame(9)).toEqual([9, 0]);
  });
});
