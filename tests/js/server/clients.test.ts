import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClientConnection } from '../../../js/src/server/client.js';
import { Clients } from '../../../js/src/server/clients.js';
import type { Context } from '../../../js/src/server/context.js';
import { Counters } from '../../../js/src/server/counters.js';
import { resolveLimits } from '../../../js/src/server/limits.js';
import { memoryBroker } from '../../../js/src/server/memoryBroker.js';

let clients: Clients;
let context: Context;

beforeEach(() => {
  clients = new Clients();
  const part: Partial<Context> = { clients, broker: memoryBroker(), counters: new Counters() };
  context = part as Context;
});

function connection(): ClientConnection {
  return { user: 'ada', userId: 'ada', isOpen: true, send: vi.fn(), close: vi.fn() };
}

const id = { user: 'ada', client: 'AAAAAAAAAAAAAAAAAAAAAA', next: 1 };

describe('Clients', () => {
  it('greets a client with what the broker knows, or what it says itself', async () => {
    const key = `${id.client}ada`;
    await context.broker.advance(key, 7);
    expect((await clients.greet(context, connection(), id)).cursor).toBe(7);
    expect((await clients.greet(context, connection(), { ...id, next: 10 })).cursor).toBe(9);
    const eve = await clients.greet(context, connection(), { ...id, user: 'eve', next: 3 });
    expect(eve.cursor).toBe(2);
  });

  it('closes the older connection of a client at once', async () => {
    const [older, newer] = [connection(), connection()];
    const client = await clients.greet(context, older, id);
    const greeting = clients.greet(context, newer, id);
    expect(older.close).toHaveBeenCalledExactlyOnceWith(4409, expect.any(String));
    expect(await greeting).toBe(client);
    clients.release(client, older);
    expect(client.connection).toBe(newer);
  });

  it('remembers none without a connection and a message', async () => {
    for (let n = 0; n < 100; n += 1) {
      const from = connection();
      clients.release(await clients.greet(context, from, { ...id, user: `${n}` }), from);
    }
    expect(clients.size).toBe(0);
  });

  it('remembers none that the broker could not be asked about', async () => {
    const cursor = () => Promise.reject(new Error('no network'));
    context = { ...context, broker: Object.assign(memoryBroker(), { cursor }) };
    await expect(clients.greet(context, connection(), id)).rejects.toThrow('no network');
    expect(clients.size).toBe(0);
  });

  it('remembers who has gone with answers unheard, but no more than 16 Mi characters', async () => {
    const handlers = {
      authorize: () => true,
      onMessage: ({ reply }: { reply: (value: unknown) => void }) => reply('x'.repeat(250_000)),
    };
    const settings = { limits: resolveLimits() };
    context = { ...context, ...({ handlers, settings } as unknown as Partial<Context>) };
    const greet = async (n: number) => {
      const from = connection();
      return { from, client: await clients.greet(context, from, { ...id, user: `${n}` }) };
    };
    const message = { kind: 'message', seq: 1, stream: 'chat', value: 1, tooDeep: false } as const;
    for (let n = 1; n <= 100; n += 1) {
      const { from, client } = await greet(n);
      client.receive(message, 100, from);
      await clients.idle();
      clients.release(client, from);
      clients.release(client, from); // as `close` and `closed` of a connection do
    }
    expect(clients.size).toBe(67);
    expect((await greet(1)).client.hasUnheard).toBe(false);
    const { client, from } = await greet(100);
    expect(client.hasUnheard).toBe(true);
    client.heard(1);
    clients.release(client, from);
    expect(clients.size).toBe(67); // the 66 others, and the first, which is connected
  });

  it('is idle when nobody handles messages', async () => {
    await clients.idle();
    clients.begun();
    clients.begun();
    const idle = vi.fn();
    const waiting = clients.idle().then(idle);
    clients.ended();
    await new Promise((resolve) => setImmediate(resolve));
    expect(idle).not.toHaveBeenCalled();
    clients.ended();
    await waiting;
    expect(idle).toHaveBeenCalledOnce();
  });
});
