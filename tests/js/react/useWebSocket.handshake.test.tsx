// @vitest-environment jsdom
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { failOnComplaints } from '../../support/mount.js';
import { type MountedHook, mountHook, quick } from '../../support/mountHook.js';
import { until } from '../../support/until.js';

// Something between the page and the server answers in its place: a captive portal, a proxy.

failOnComplaints();
let server: Server;
let url: string;
let hook: MountedHook | null = null;
/** What the upgrade is answered with; null: it is a WebSocket's. */
let answer: string | null;

beforeEach(async () => {
  const lines = new WebSocketServer({ noServer: true });
  server = createServer();
  server.on('upgrade', (request, socket, head) => {
    if (answer === null) lines.handleUpgrade(request, socket, head, () => {});
    else socket.end(`HTTP/1.1 ${answer}\r\nConnection: close\r\n\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  hook?.unmount();
  server.closeAllConnections();
  server.close();
});

describe('an upgrade that is answered with', () => {
  it.each([
    '200 OK\r\nContent-Length: 0',
    '302 Found\r\nLocation: http://portal/',
    '401 Unauthorized\r\nContent-Length: 0',
    '503 Service Unavailable\r\nContent-Length: 0',
  ])('%j is a failed attempt, and tried again until there is a server', async (status) => {
    answer = status;
    const [onOpen, onClose] = [vi.fn(), vi.fn()];
    hook = mountHook({ url, options: { ...quick, onOpen, onClose } });
    await until(() => onClose.mock.calls.length >= 2, 'two attempts have failed');
    expect(onClose.mock.calls[0]?.[0]).toMatchObject({ code: 1006, wasClean: false });
    expect(onOpen).not.toHaveBeenCalled();
    answer = null;
    await hook.becomes('open');
  });
});
