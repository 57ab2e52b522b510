// What an application writes, compiled against the packed package without Node's types.
import {
  collection,
  defineLine,
  document,
  latest,
  log,
  messages,
  OpenlineError,
  type OpenlineErrorCode,
  openLine,
  type Publications,
  preload,
  ReadyState,
  reduce,
  type Settlement,
  type Status,
} from 'openline';
import useDefault, {
  useLine,
  useLive,
  useLiveKeys,
  useLiveRow,
  useMessages,
  useWebSocket,
} from 'openline/react';
import type SocketDefault from 'openline/websocket';
import { ResilientWebSocket, writable } from 'openline/websocket';
import { type Equal, expectType } from './expect.js';

type Row = { id: string; price: number };
type Order = { lines: string[] };
type Text = { by: string; text: string };

const market = defineLine('/market', {
  reconnect: { minDelayMs: 100, attempts: Number.POSITIVE_INFINITY },
  auth: { refresh: async () => {} },
  queue: { overflow: 'drop-oldest' },
  state: {
    board: collection<Row>({ stream: 'board', key: '/id', remove: { '/gone': true } }),
    chat: log<Text>({ stream: (room: string) => `chat:${room}`, key: '/id', max: 500 }),
    order: document<Order>({ stream: 'order', patch: 'merge-patch' }),
    news: latest<string>({ stream: 'news' }),
    count: reduce((count: number, some: readonly Row[]) => count + some.length, 0, { stream: 'n' }),
    room: messages<Text>({ stream: 'room' }),
  },
});

export function Market() {
  const line = useLine(market, {
    onError: (error) => expectType<Equal<typeof error, OpenlineError>>(),
    onOutage: ({ downMs }) => expectType<Equal<typeof downMs, number>>(),
  });
  expectType<Equal<typeof line.status, Status>>();
  expectType<Equal<typeof line.latencyMs, number | null>>();

  const rows = useLive(market.board);
  expectType<Equal<typeof rows, readonly Row[]>>();
  const total = useLive(market.board, { select: (all) => all.length });
  expectType<Equal<typeof total, number>>();
  const later = useLive(rows.length > 0 ? market.board : null);
  expectType<Equal<typeof later, readonly Row[] | undefined>>();
  const texts = useLive(market.chat('lobby'));
  expectType<Equal<typeof texts, readonly Text[]>>();
  const order = useLive(market.order);
  expectType<Equal<typeof order, Order | undefined>>();
  const news = useLive(market.news);
  expectType<Equal<typeof news, string | undefined>>();
  const count = useLive(market.count);
  expectType<Equal<typeof count, number>>();

  const row = useLiveRow(market.board, 7);
  expectType<Equal<typeof row, Row | undefined>>();
  const price = useLiveRow(market.board, 'a', { select: (one) => one?.price });
  expectType<Equal<typeof price, number | undefined>>();
  const keys = useLiveKeys(market.board, { from: { value: [], at: ['epoch', 7] } });
  expectType<Equal<typeof keys, readonly string[]>>();
  useMessages(market.room, (some, batch) => {
    expectType<Equal<typeof some, readonly Text[]>>();
    expectType<Equal<typeof batch, Publications<Text>>>();
  });

  const { state, reason, settled } = line.send(market.room, { text: 'hello' });
  expectType<Equal<typeof state, 'sent' | 'queued' | 'refused'>>();
  expectType<Equal<Exclude<typeof reason, undefined | null>, OpenlineError>>();
  expectType<Equal<Awaited<typeof settled>, Settlement>>();

  // @ts-expect-error a message that passes through keeps nothing to show
  useLive(market.room);
  // @ts-expect-error a document has no rows
  useLiveRow(market.order, 'a');
  // @ts-expect-error the room of a family has to be named
  useLive(market.chat);
  // @ts-expect-error no member of this name
  useLive(market.boards);
  // @ts-expect-error another shape than the rows have
  useLive(market.board, { from: [{ id: 7 }] });
  return <p>{total}</p>;
}

export function Chat() {
  const { sendMessage, lastMessage, lastJsonMessage, readyState, getWebSocket } =
    useWebSocket<Text>('/line', {
      onMessage: ({ data }) => data,
      shouldReconnect: () => true,
      heartbeat: true,
    });
  expectType<Equal<typeof lastMessage, MessageEvent | null>>();
  expectType<Equal<typeof lastJsonMessage, Text>>();
  expectType<Equal<typeof readyState, ReadyState>>();
  const { state } = sendMessage(new Uint8Array(2), false);
  expectType<Equal<typeof state, 'sent' | 'queued' | 'refused'>>();
  getWebSocket()?.addEventListener('close', ({ code }) => code.toFixed());
  // @ts-expect-error an object is no message; sendJsonMessage takes it
  sendMessage({ text: 'hello' });
  // @ts-expect-error a URL is a string, a function or null
  useWebSocket(7);
  useDefault(null);
  return readyState === ReadyState.OPEN ? <p>open</p> : null;
}

export async function plain(): Promise<void> {
  await preload({ documents: true, withoutWasm: false });
  const line = openLine(market, { onEvict: ({ count }) => count.toFixed() });
  const reader = line.subscribe(market.room, {
    published: (batch) => expectType<Equal<ReturnType<typeof batch.values>, readonly Text[]>>(),
  });
  reader.leave();
  line.dispose();
  const error: unknown = line.snapshot.error;
  if (error instanceof OpenlineError) expectType<Equal<typeof error.code, OpenlineErrorCode>>();
  // @ts-expect-error a collection needs a key
  collection<Row>({ stream: 'board' });
  // @ts-expect-error there is no such patch
  document<Row>({ patch: 'diff' });
  // @ts-expect-error no option of this name
  defineLine('/line', { retries: 3 });
}

export async function socket(): Promise<void> {
  const OneConnection = ResilientWebSocket.with({ maxRetries: 0 });
  expectType<Equal<typeof OneConnection, typeof ResilientWebSocket>>();
  expectType<Equal<typeof SocketDefault, typeof ResilientWebSocket>>();
  // What libraries take that want a class or a WebSocket.
  const Implementation: typeof WebSocket = ResilientWebSocket;
  const own: WebSocket = new OneConnection(async () => 'ws://localhost', ['a', 'b']);
  own.onclose = ({ code }) => code.toFixed();
  await writable(own, { highWaterMark: 1_000 });
  new Implementation('ws://localhost').close(1000);
  // @ts-expect-error no option of this name
  ResilientWebSocket.with({ retries: 0 });
}
