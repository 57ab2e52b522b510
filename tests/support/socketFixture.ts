import { afterEach, beforeEach } from 'vitest';
import type { ResilientWebSocketOptions } from '../../js/src/core/resilientOptions.js';
import type { ProtocolsProvider, UrlProvider } from '../../js/src/core/resilientState.js';
import { ResilientWebSocket } from '../../js/src/core/resilientWebSocket.js';
import { EchoServer } from './echoServer.js';
import { until } from './until.js';

/** Retries so soon that a test which awaits one ends at once. */
export const soonAgain = { minReconnectionDelay: 1, maxReconnectionDelay: 5 };

/** A server and sockets of one test, with what they told. */
export function socketFixture() {
  const server = new EchoServer();
  const made: ResilientWebSocket[] = [];
  beforeEach(async () => {
    server.reset();
    await server.start();
  });
  afterEach(async () => {
    for (const socket of made.splice(0)) socket.close();
    await server.stop();
  });
  const socketWith = (
    options: ResilientWebSocketOptions = {},
    url: UrlProvider = server.url,
    protocols?: ProtocolsProvider,
  ): ResilientWebSocket => {
    const socket = new ResilientWebSocket(url, protocols, { ...soonAgain, ...options });
    made.push(socket);
    return socket;
  };
  const isOpen = (socket: ResilientWebSocket) =>
    until(() => socket.readyState === 1, 'the socket is open');
  const openSocket = async (options?: ResilientWebSocketOptions): Promise<ResilientWebSocket> => {
    const socket = socketWith(options);
    await isOpen(socket);
    return socket;
  };
  return { server, made, socketWith, openSocket, isOpen };
}

/** Notes what a socket tells, with the readyState of that moment. */
export function logOf(socket: WebSocket): string[] {
  const log: string[] = [];
  const note = (word: string) => log.push(`${word} ${socket.readyState}`);
  socket.addEventListener('open', () => note('open'));
  socket.addEventListener('message', ({ data }) => note(String(data)));
  socket.addEventListener('error', () => note('error'));
  socket.addEventListener('close', ({ code }) => note(String(code)));
  return log;
}

/** The name of what `make` throws. */
export function thrownBy(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).name;
  }
  return 'nothing';
}
