import { afterEach, expect, it, vi } from 'vitest';
import { memoryBroker } from '../../../js/src/server/index.js';
import { LineSocket } from '../../../js/src/server/lineSocket.js';
import { type LineServerFixture, startLineServer } from '../../support/startLineServer.js';
import { until } from '../../support/until.js';

let server: LineServerFixture;

afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

it('reads no history again before the last answer is out', async () => {
  const broker = memoryBroker();
  server = await startLineServer({ broker, limits: { frameBurst: 1_000 } });
  const [epoch] = await server.lines.publish('board', 1);
  const reads: (() => void)[] = [];
  const read = broker.read.bind(broker);
  vi.spyOn(broker, 'read').mockImplementation(async (stream, from) => {
    await new Promise<void>((resolve) => reads.push(resolve));
    return read(stream, from);
  });
  const client = await server.dial();
  await client.hello();
  for (let i = 0; i < 20; i += 1) client.say([5, 'board', [epoch, 0]]);
  client.say([9, 0, 1]);
  await client.frame(9);
  for (let i = 0; i < 20; i += 1) {
    await until(() => reads.length > i, 'it is read');
    expect(reads).toHaveLength(i + 1);
    reads[i]?.();
    expect((await client.frame(5)).slice(3)).toEqual([epoch, 1, true]);
  }
});

it('reads no further while more bytes wait for an answer than 256 KiB', async () => {
  let release = () => {};
  const gate = new Promise<boolean>((resolve) => {
    release = () => resolve(true);
  });
  const seen: unknown[] = [];
  const pause = vi.spyOn(LineSocket.prototype, 'pause');
  server = await startLineServer({
    authorize: (_, stream) => (stream === 'slow' ? gate : true),
    onMessage: ({ message }) => seen.push(message),
  });
  const { dial, lines } = server;
  const client = await dial();
  await client.hello();
  client.say([5, 'slow', null]);
  // Fewer frames than may wait, and fewer bytes than a client may have unacknowledged.
  const text = 'x'.repeat(60_000);
  for (let seq = 1; seq <= 11; seq += 1) client.say([2, seq, 'chat', text]);
  await until(() => pause.mock.calls.length > 0, 'the server reads no more');
  expect(lines.counters()).toMatchObject({ messages: 0, throttled: 0 });
  release();
  await until(() => seen.length === 11, 'all are handled');
});

it('puts no more runs into a frame than a client takes', async () => {
  const count = 8_200;
  const limits = { streamsPerConnection: count, frameBytes: 1_048_576 };
  server = await startLineServer({ limits });
  const client = await server.dial();
  const names = Array.from({ length: count }, (_, i) => `s${i}`);
  await client.hello(names.map((name) => [name, null]));
  for (const name of names) server.lines.publish(name, 1);
  const runs: number[] = [];
  while (runs.reduce((sum, one) => sum + one, 0) < count) {
    runs.push(countRuns((await client.next((frame) => Buffer.isBuffer(frame))) as Buffer));
  }
  expect(Math.max(...runs)).toBeLessThanOrEqual(8_192);
});

/** Of a frame whose runs have one payload each, of one byte. */
function countRuns(frame: Buffer): number {
  let runs = 0;
  for (let at = 1; at < frame.length; runs += 1) {
    while (frame.readUInt8(at) >= 128) at += 1; // the index
    at += 6; // its last byte, first, last, n, a length and the payload
  }
  return runs;
}
