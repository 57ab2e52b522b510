import { afterEach, expect, it, vi } from 'vitest';
import { ResilientWebSocket } from '../../../js/src/core/resilientWebSocket.js';
import { FakeNetwork, fakeSocketClass } from '../../support/fakeSocket.js';
import { turn, until } from '../../support/until.js';

const KIB = 1_024;

/** What was sent, by the first letter of each text. */
function lettersOf(network: FakeNetwork): string {
  return network.sent.map((text) => (text as string)[0]).join('');
}

/** Whose sockets pass nothing on before a test says so. */
function slowNetwork(): FakeNetwork {
  const network = new FakeNetwork();
  network.onSent = (socket, value) => {
    socket.bufferedAmount += (value as string).length;
  };
  vi.stubGlobal('WebSocket', fakeSocketClass(network));
  return network;
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('pauses what waits at the high water mark and goes on below the low one, in order', async () => {
  const network = slowNetwork();
  const socket = new ResilientWebSocket('ws://host/');
  const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(256 * KIB));
  for (const text of texts) socket.send(text);
  await until(() => network.sockets.length === 1, 'it connects');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  const { newest } = network;
  newest.accept();
  await turn();
  expect(lettersOf(network)).toBe('ab');
  expect(socket.bufferedAmount).toBe(KIB * KIB);
  // Behind what waits; the queue has room again.
  expect(socket.send('e')).toBe(false);
  newest.bufferedAmount = 128 * KIB;
  vi.advanceTimersByTime(100);
  expect(lettersOf(network)).toBe('ab');
  newest.bufferedAmount = 128 * KIB - 1;
  vi.advanceTimersByTime(10);
  expect(lettersOf(network)).toBe('abcd');
  newest.bufferedAmount = 0;
  vi.advanceTimersByTime(10);
  expect(lettersOf(network)).toBe('abcde');
  expect(socket.send('f')).toBe(true);
  socket.close();
  network.settle();
});

it('keeps what a broken connection had not taken for the next one, in order', async () => {
  const network = slowNetwork();
  const socket = new ResilientWebSocket('ws://host/', [], {
    minReconnectionDelay: 0,
    maxReconnectionDelay: 0,
  });
  const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(300 * KIB));
  for (const text of texts) socket.send(text);
  await until(() => network.sockets.length === 1, 'it connects');
  network.newest.accept();
  await turn();
  network.newest.fail();
  await until(() => network.sockets.length === 2, 'it connects again');
  network.newest.accept();
  await turn();
  expect(network.sockets.map(({ sent }) => sent.length)).toEqual([2, 1]);
  expect(lettersOf(network)).toBe('abc');
  socket.close();
  network.settle();
});

it('goes on though onDrop empties the queue, or adds to it', async () => {
  const network = new FakeNetwork();
  vi.stubGlobal('WebSocket', fakeSocketClass(network));
  const waiting: unknown[] = [];
  const socket: ResilientWebSocket = new ResilientWebSocket('ws://host/', [], {
    onDrop: () => {
      waiting.push(...socket.drainQueuedMessages());
      socket.send('added');
    },
  });
  for (const text of ['bad', 'drained']) socket.send(text);
  await until(() => network.sockets.length === 1, 'it connects');
  network.newest.refusesNextSend = true;
  network.newest.accept();
  await turn();
  expect(waiting).toEqual(['drained']);
  expect(network.sent).toEqual(['added']);
  expect(socket.bufferedAmount).toBe(0);
  socket.close();
  network.settle();
});

it('tells of no open connection that an onDrop has closed', async () => {
  const network = new FakeNetwork();
  vi.stubGlobal('WebSocket', fakeSocketClass(network));
  const onDrop = () => socket.close();
  const socket: ResilientWebSocket = new ResilientWebSocket('ws://host/', [], { onDrop });
  const onOpen = vi.fn();
  socket.addEventListener('open', onOpen);
  socket.send('bad');
  await until(() => network.sockets.length === 1, 'it connects');
  network.newest.refusesNextSend = true;
  network.newest.accept();
  await turn();
  network.settle();
  await until(() => socket.readyState === 3, 'it is closed');
  expect(onOpen).not.toHaveBeenCalled();
});
