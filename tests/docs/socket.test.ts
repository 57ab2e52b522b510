// @vitest-environment jsdom
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ResilientWebSocket } from '../../js/src/core/resilientWebSocket.js';
import { EchoServer } from '../support/echoServer.js';
import { until } from '../support/until.js';
import { blockWith, root } from './readme.js';

// The snippets of README about ResilientWebSocket, as they stand there, against a real server.

declare const jsdom: { reconfigure(settings: { url: string }): void };

const folder = join(root, 'build/readme');
let server: EchoServer;

beforeEach(async () => {
  server = await new EchoServer().start();
  jsdom.reconfigure({ url: `${server.url.replace('ws:', 'http:')}/` });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

async function run<T>(name: string, mark: string): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, blockWith('ts', mark));
  return (await import(path)) as T;
}

test('the socket says hello, and tells of each connection', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const { socket } = await run<{ socket: ResilientWebSocket }>('runSocket', "('/line');\nsocket");
  await until(() => said.mock.calls.length === 2, 'its echo is shown');
  server.cut();
  await until(() => said.mock.calls.length === 3, 'it is open again', 10_000);
  expect(said.mock.calls.flat()).toEqual(['open', 'hello', 'open']);
  expect(server.connections[0]?.request.url).toBe('/line');
  socket.close();
});

test('the upload arrives whole and in order', async () => {
  const { upload } = await run<{ upload: (bytes: Uint8Array) => Promise<void> }>(
    'runUpload',
    'await writable',
  );
  const bytes = Uint8Array.from({ length: 2_000_000 }, (_, index) => (index >> 8) % 251);
  await upload(bytes);
  const size = () => server.received.reduce((sum, { length }) => sum + length, 0);
  await until(() => size() === bytes.length, 'all has arrived', 10_000);
  expect(Buffer.concat(server.received as Buffer[]).equals(bytes)).toBe(true);
  server.connections[0]?.socket.close(4400);
});
