import { describe, expect, it } from 'vitest';
import type { Line } from '../../../js/src/core/line.js';
import { lineFixture } from '../../support/lineFixture.js';
import { socketFixture } from '../../support/socketFixture.js';
import { until } from '../../support/until.js';

const { server, lineWith, becomes } = lineFixture();
const sockets = socketFixture();

/** What is sent, and what a server has of it then: a text, or bytes as hexadecimal. */
const VALUES: readonly (readonly [string, () => unknown, string])[] = [
  ['an empty text', () => '', ''],
  ['a NUL', () => 'a\0b', 'a\0b'],
  ['a lone surrogate', () => 'a\ud800', 'a\ufffd'],
  ['an empty buffer', () => new ArrayBuffer(0), 'hex:'],
  ['a Blob', () => new Blob([Uint8Array.of(1, 2)]), 'hex:0102'],
  ['an empty Blob', () => new Blob([]), 'hex:'],
  ['a view of a part', () => new Uint8Array([1, 2, 3, 4]).subarray(1, 3), 'hex:0203'],
  ['a view of wider numbers', () => Uint16Array.of(0x0201), 'hex:0102'],
  ['a DataView', () => new DataView(Uint8Array.of(7, 8).buffer, 1), 'hex:08'],
  ['the last text', () => 'é', 'é'],
];
const expected = VALUES.map(([, , wanted]) => wanted);
const shared = () => new Uint8Array(new SharedArrayBuffer(4));

function got(received: readonly (string | Buffer)[]): string[] {
  return received.map((each) =>
    typeof each === 'string' ? each : `hex:${Buffer.from(each).toString('hex')}`,
  );
}

describe('values on a line', () => {
  it('keep their order and their bytes, queued and sent at once', async () => {
    const line: Line = lineWith();
    line.open();
    for (const [, make] of VALUES) expect(line.send(make()).state).toBe('queued');
    await becomes(line, 'open');
    for (const [, make] of VALUES) expect(line.send(make()).state).toBe('sent');
    await until(() => server.received.length === 2 * VALUES.length, 'all have arrived');
    expect(got(server.received)).toEqual([...expected, ...expected]);
  });

  it('arrive as they were when they were sent, whatever their buffer becomes', async () => {
    const line: Line = lineWith();
    line.open();
    const bytes = Uint8Array.of(1);
    line.send(bytes);
    bytes[0] = 2;
    await becomes(line, 'open');
    line.send(bytes.buffer);
    bytes[0] = 3;
    await until(() => server.received.length === 2, 'both have arrived');
    expect(got(server.received)).toEqual(['hex:01', 'hex:02']);
  });

  it('of 16 MB pass, queued and sent at once', async () => {
    const line: Line = lineWith({ queue: { maxBytes: 32 * 1024 * 1024 } });
    line.open();
    const size = 16 * 1024 * 1024;
    line.send('x'.repeat(size));
    await becomes(line, 'open');
    line.send(new Uint8Array(size));
    await until(() => server.received.length === 2, 'both have arrived', 20_000);
    expect(server.received.map(({ length }) => length)).toEqual([size, size]);
  });

  it('in shared memory are refused with a reason', () => {
    expect(lineWith().send(shared())).toMatchObject({
      state: 'refused',
      reason: { code: 'unsendable' },
    });
  });
});

describe('values on a ResilientWebSocket', () => {
  it('keep their order and their bytes, queued and sent at once', async () => {
    const socket = sockets.socketWith();
    for (const [, make] of VALUES) expect(socket.send(make() as string)).toBe(false);
    await sockets.isOpen(socket);
    for (const [, make] of VALUES) expect(socket.send(make() as string)).toBe(true);
    const { received } = sockets.server;
    await until(() => received.length === 2 * VALUES.length, 'all have arrived');
    expect(got(received)).toEqual([...expected, ...expected]);
  });
});
