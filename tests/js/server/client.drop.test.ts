import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client, ClientConnection } from '../../../js/src/server/client.js';
import { Clients } from '../../../js/src/server/clients.js';
import type { Context } from '../../../js/src/server/context.js';
import { Counters } from '../../../js/src/server/counters.js';
import { resolveLimits } from '../../../js/src/server/limits.js';
import { memoryBroker } from '../../../js/src/server/memoryBroker.js';

const id = { user: 'ada', client: 'AAAAAAAAAAAAAAAAAAAAAA', next: 1 };

let clients: Clients;
let context: Context;
let seen: unknown[];
let release: () => void;

beforeEach(() => {
  clients = new Clients();
  seen = [];
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const onMessage = async ({ message }: { readonly message: unknown }) => {
    seen.push(message);
    await gate;
  };
  const part = {
    clients,
    broker: memoryBroker(),
    counters: new Counters(),
    settings: { limits: resolveLimits({ messageWindow: 1_024, frameBurst: 1_024 }) },
    handlers: { authorize: () => true, onMessage },
  };
  context = part as unknown as Context;
});

function connection(): ClientConnection {
  return { user: 'ada', userId: 'ada', isOpen: true, send: vi.fn(), close: vi.fn() };
}

async function greet(next = 1): Promise<[Client, ClientConnection]> {
  const from = connection();
  const client = await clients.greet(context, from, { ...id, next });
  client.welcome();
  return [client, from];
}

function say(client: Client, from: ClientConnection, seq: number) {
  const frame = { kind: 'message', seq, stream: 'chat', value: seq, tooDeep: false } as const;
  return client.receive(frame, 100, from);
}

describe('what waits to be handled', () => {
  it('stays when a connection ends that has been replaced', async () => {
    const [client, older] = await greet();
    const [, newer] = await greet();
    for (const seq of [1, 2, 3]) say(client, newer, seq);
    client.drop(older);
    release();
    await clients.idle();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('goes when the connection ends, and comes again on the next one', async () => {
    const [client, from] = await greet();
    for (const seq of [1, 2, 3]) say(client, from, seq);
    await vi.waitFor(() => expect(seen).toEqual([1]));
    client.drop(from);
    clients.release(client, from);
    const [same, next] = await greet();
    expect(same).toBe(client);
    for (const seq of [1, 2, 3]) say(same, next, seq);
    release();
    await clients.idle();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('is asked for again though another server had gone ahead of this one', async () => {
    const [client, from] = await greet();
    say(client, from, 1);
    await vi.waitFor(() => expect(seen).toEqual([1]));
    const [, next] = await greet(4);
    client.drop(next);
    clients.release(client, next);
    const [, last] = await greet(4);
    for (const seq of [4, 5]) say(client, last, seq);
    release();
    await clients.idle();
    expect(seen).toEqual([1, 4, 5]);
  });

  it('is as much as a window that was made larger allows', async () => {
    const [client, from] = await greet();
    const frame = { kind: 'message', stream: 'chat', value: 0, tooDeep: false } as const;
    // 256 bytes of payload and the longest envelope, 1,024 times.
    for (let seq = 1; seq <= 1_024; seq += 1) {
      expect(client.receive({ ...frame, seq }, 256 + 1_560, from)).toBe('taken');
    }
    release();
    await clients.idle();
  });
});
