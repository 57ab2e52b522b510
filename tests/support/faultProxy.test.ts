import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FaultProxy } from './faultProxy.js';
import { turns, until } from './until.js';

// What came in on one end of a connection.
class End {
  readonly chunks: Buffer[] = [];
  hasEnded = false;
  error: string | undefined;

  constructor(readonly socket: Socket) {
    socket.on('data', (data) => this.chunks.push(data));
    socket.on('end', () => {
      this.hasEnded = true;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error.code;
    });
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  async has(text: string): Promise<void> {
    await until(() => this.text === text, `'${text}' arrived`);
  }
}

let server: Server;
let served: End[];
let clients: End[];
let proxy: FaultProxy;

beforeEach(async () => {
  served = [];
  clients = [];
  server = createServer({ allowHalfOpen: true }, (socket) => served.push(new End(socket)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultProxy.before((server.address() as AddressInfo).port);
});

afterEach(async () => {
  await proxy.stop();
  for (const { socket } of [...served, ...clients]) socket.destroy();
  server.close();
});

function dial(): End {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  const client = new End(socket);
  clients.push(client);
  return client;
}

/** A client, and the end of its connection at the server. */
async function pair(): Promise<[End, End]> {
  const count = served.length;
  const client = dial();
  await until(() => served.length > count, 'the server has it');
  return [client, served[count] as End];
}

it('passes bytes and ends in both directions, each by itself', async () => {
  const [client, peer] = await pair();
  client.socket.end('question');
  await peer.has('question');
  await until(() => peer.hasEnded, 'the end is told');
  peer.socket.end('answer');
  await client.has('answer');
  await until(() => client.hasEnded, 'the other end is told');
  expect(proxy.counts).toEqual({
    ...{ accepted: 1, refused: 0 },
    ...{ bytesUp: 8, bytesDown: 6, bytesLost: 0 },
  });
  await until(() => proxy.live === 0, 'it is gone');
});

it('passes more than fits into its buffer to a peer that reads late, in order', async () => {
  const [client, peer] = await pair();
  peer.socket.pause();
  const sent = Buffer.alloc(12 * 1024 * 1024);
  for (let at = 0; at < sent.length; at += 4) sent.writeUInt32LE(at, at);
  client.socket.end(sent);
  await turns();
  peer.socket.resume();
  await until(() => peer.hasEnded, 'all has arrived', 20_000);
  expect(Buffer.concat(peer.chunks).equals(sent)).toBe(true);
});

it('keeps every byte for latencyMs, in each direction', async () => {
  const [client, peer] = await pair();
  peer.socket.on('data', (data) => peer.socket.write(data));
  proxy.set({ latencyMs: 40 });
  const started = performance.now();
  client.socket.write('there and back');
  await client.has('there and back');
  expect(performance.now() - started).toBeGreaterThanOrEqual(80);
});

it('passes pieces of at most sliceBytes, and all of them', async () => {
  const [client, peer] = await pair();
  proxy.set({ sliceBytes: 3 });
  client.socket.write('0123456789');
  await peer.has('0123456789');
  expect(peer.chunks.length).toBeGreaterThan(1);
  expect(proxy.counts.bytesUp).toBe(10);
});

it('passes no more than bytesPerSecond', async () => {
  const [client, peer] = await pair();
  proxy.set({ bytesPerSecond: 10_000 });
  const started = performance.now();
  client.socket.write('x'.repeat(1_000));
  await peer.has('x'.repeat(1_000));
  expect(performance.now() - started).toBeGreaterThanOrEqual(100);
});

it('keeps a connection half-open for ever after a blackhole, and passes new ones', async () => {
  const [client, peer] = await pair();
  proxy.set({ blackhole: 'both' });
  client.socket.write('lost');
  peer.socket.write('lost too');
  await until(() => proxy.counts.bytesLost === 12, 'both were taken');

  proxy.set({});
  client.socket.end('late');
  peer.socket.end('late');
  await until(() => proxy.counts.bytesLost === 20, 'these were taken too');
  const [other, otherPeer] = await pair();
  other.socket.write('sound');
  await otherPeer.has('sound');

  expect([client.text, peer.text]).toEqual(['', '']);
  expect([client.hasEnded, peer.hasEnded]).toEqual([false, false]);
  expect([client.error, peer.error]).toEqual([undefined, undefined]);
  expect(proxy.live).toBe(1);
});

it('takes what was still on its way when a blackhole begins', async () => {
  const [client, peer] = await pair();
  proxy.set({ latencyMs: 60_000 });
  client.socket.write('on its way');
  await turns();
  proxy.set({ blackhole: 'up' });
  await until(() => proxy.counts.bytesLost === 10, 'it was taken');
  expect(peer.text).toBe('');
});

it.each([
  { blackhole: 'up', heard: ['', 'answer'] },
  { blackhole: 'down', heard: ['question', ''] },
] as const)('leaves the other direction alone in a blackhole $blackhole', async (row) => {
  const [client, peer] = await pair();
  proxy.set({ blackhole: row.blackhole });
  client.socket.write('question');
  peer.socket.write('answer');
  const { counts } = proxy;
  await until(() => counts.bytesUp + counts.bytesDown + counts.bytesLost === 14, 'all went by');
  await until(() => peer.text + client.text !== '', 'one arrived');
  await turns();
  expect([peer.text, client.text]).toEqual(row.heard);
});

it('takes who connects during a blackhole, and the server never hears of it', async () => {
  proxy.set({ blackhole: 'both' });
  const client = dial();
  client.socket.write('hello?');
  await until(() => proxy.counts.bytesLost === 6, 'it was taken');
  expect(served).toEqual([]);
  expect(proxy.live).toBe(1);
});

it('resets who connects while it is refusing, and keeps the connections there are', async () => {
  const [client, peer] = await pair();
  proxy.set({ isRefusing: true });
  const refused = dial();
  await until(() => refused.error !== undefined, 'it is reset');
  expect(refused.error).toBe('ECONNRESET');
  client.socket.write('still there');
  await peer.has('still there');
  expect(proxy).toMatchObject({ live: 1, counts: { accepted: 1, refused: 1 } });
});

it('resets every connection at both ends', async () => {
  const both = [await pair(), await pair()].flat();
  proxy.reset();
  await until(() => both.every(({ error }) => error === 'ECONNRESET'), 'all know');
  expect(proxy.live).toBe(0);
});

it.each(['up', 'down'] as const)(
  'ends one direction by halfClose %s, and no other',
  async (way) => {
    const [client, peer] = await pair();
    const [source, sink] = way === 'up' ? [client, peer] : [peer, client];
    source.socket.write('before');
    await sink.has('before');
    proxy.halfClose(way);
    await until(() => sink.hasEnded, 'the end is told');
    source.socket.write('after');
    await until(() => proxy.counts.bytesLost === 5, 'what came later is lost');
    sink.socket.end('answer');
    await source.has('answer');
    await until(() => source.hasEnded, 'the other end is told');
    expect(sink.text).toBe('before');
  },
);

it('passes on a reset by one of the peers', async () => {
  const [client, peer] = await pair();
  peer.socket.resetAndDestroy();
  await until(() => client.error === 'ECONNRESET', 'the client knows');
  const [second, secondPeer] = await pair();
  second.socket.resetAndDestroy();
  await until(() => secondPeer.error === 'ECONNRESET', 'the server knows');
});

it('resets the client when no server listens', async () => {
  server.close();
  const client = dial();
  await until(() => client.error === 'ECONNRESET', 'the client knows');
});

it('leaves no socket and no timer behind when it is stopped', async () => {
  const resources = () => process.getActiveResourcesInfo().filter((name) => /TCP|Time/.test(name));
  await until(() => !resources().includes('TCPSocketWrap'), 'earlier sockets are gone');
  const before = resources();
  const own = proxy;
  proxy = await FaultProxy.before((server.address() as AddressInfo).port);
  const [client] = [...(await pair()), ...(await pair())];
  proxy.set({ latencyMs: 60_000 });
  client.socket.write('waits');
  await turns();
  proxy.set({ latencyMs: 60_000, blackhole: 'down' });
  dial();
  await until(() => proxy.live === 3, 'all are there');
  await proxy.stop();
  proxy = own;
  for (const { socket } of [...clients, ...served]) socket.destroy();
  await until(() => resources().join() === before.join(), 'nothing is left');
});
