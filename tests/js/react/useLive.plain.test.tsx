// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { collection, latest, messages, reduce } from '../../../js/src/core/stateDefinition.js';
import type { StateRef } from '../../../js/src/core/stateRef.js';
import { useLive, useMessages } from '../../../js/src/react/index.js';
import { EchoServer } from '../../support/echoServer.js';
import { failOnComplaints } from '../../support/mount.js';
import { quick } from '../../support/mountHook.js';
import { lineMounts } from '../../support/mountLine.js';
import { until } from '../../support/until.js';

// Hooks over a line to a server that knows nothing of openline.

type Price = { readonly symbol: string; readonly price: number };

failOnComplaints();
const { put, putLine } = lineMounts();
let server: EchoServer;

beforeEach(async () => {
  server = await new EchoServer().start();
});
afterEach(() => server.stop());

const define = () =>
  defineLine(server.url, {
    ...quick,
    lingerMs: 0,
    state: {
      prices: collection<Price>({
        match: { '/type': 'price' },
        value: '/data',
        key: '/symbol',
        maxRows: 3,
      }),
      is: latest<string>({ match: { '/type': 'market' }, value: '/is' }),
      count: reduce((count: number, some: readonly unknown[]) => count + some.length, 0, {
        match: { '/type': 'price' },
      }),
      every: messages<{ readonly type: string }>(),
      symbols: messages<string>({ match: { '/type': 'price' }, value: '/data/symbol' }),
    },
  });

const price = (symbol: string, now: number) => ({
  type: 'price',
  data: { symbol, price: now },
});

function send(...values: unknown[]): void {
  for (const value of values) {
    const isRaw = typeof value === 'string' || ArrayBuffer.isView(value);
    server.connections.at(-1)?.socket.send(isRaw ? value : JSON.stringify(value));
  }
}

function Show({ of }: { of: StateRef }) {
  return <p>{JSON.stringify(useLive(of))}</p>;
}

describe('useLive of any server', () => {
  it('keeps what its state names, and passes over the rest', async () => {
    const line = define();
    const all = [line.prices, line.is, line.count].map((of) => <Show key={of.name} of={of} />);
    const page = putLine({ definition: line }, all);
    expect(page.place.textContent).toBe('[]0');
    await page.becomes('open');
    send(price('A', 1), { type: 'weather', is: 'rain' }, price('B', 2), price('A', 3));
    send({ type: 'market', is: 'open' });
    const rows = JSON.stringify([price('A', 3).data, price('B', 2).data]);
    await until(() => page.place.textContent === `${rows}"open"3`, 'it shows what it keeps');
  });

  it('keeps bytes and text in the order in which they came', async () => {
    const line = define();
    const seen: string[] = [];
    function Read() {
      useMessages(line.symbols, (symbols) => seen.push(...symbols));
      return <Show of={line.count} />;
    }
    const page = putLine({ definition: line }, <Read />);
    await page.becomes('open');
    const bytes = (symbol: string) => new TextEncoder().encode(JSON.stringify(price(symbol, 1)));
    send(bytes('A'), price('B', 2), bytes('C'), price('D', 4));
    await until(() => page.place.textContent === '4', 'all are counted');
    expect(seen).toEqual(['A', 'B', 'C', 'D']);
  });

  it('tells of what is no JSON, and goes on', async () => {
    const line = define();
    const onError = vi.fn();
    const page = putLine({ definition: line, callbacks: { onError } }, <Show of={line.prices} />);
    await page.becomes('open');
    send('{"type":', price('A', 1), new Uint8Array([0x22, 0xff, 0x22]), price('B', 2));
    const rows = JSON.stringify([price('A', 1).data, price('B', 2).data]);
    await until(() => page.place.textContent === rows, 'the good ones are there');
    await until(() => onError.mock.calls.length >= 2, 'the bad ones are told');
    expect(new Set(onError.mock.calls.map(([{ code }]) => code))).toEqual(new Set(['message']));
  });

  it('tells how many of the oldest rows went when there were too many', async () => {
    const line = define();
    const onEvict = vi.fn();
    const page = putLine({ definition: line, callbacks: { onEvict } }, <Show of={line.prices} />);
    await page.becomes('open');
    send(...['A', 'B', 'C', 'D', 'E'].map((symbol) => price(symbol, 1)));
    const rows = JSON.stringify(['C', 'D', 'E'].map((symbol) => price(symbol, 1).data));
    await until(() => page.place.textContent === rows, 'the newest are there');
    const told = onEvict.mock.calls.map(([eviction]) => eviction);
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(told[0]).toMatchObject({ state: 'prices', stream: null });
  });

  it('does not take the answers to heartbeats for messages', async () => {
    const onError = vi.fn();
    const heartbeat = { message: 'ping', returnMessage: 'ping', intervalMs: 20 };
    const line = defineLine(server.url, { lingerMs: 0, heartbeat, state: { is: latest() } });
    const page = putLine({ definition: line, callbacks: { onError } }, <Show of={line.is} />);
    await page.becomes('open');
    await until(() => server.received.length > 2, 'they have come back');
    send('1');
    await until(() => page.place.textContent === '1', 'a message is one');
    expect(onError).not.toHaveBeenCalled();
  });

  it('shows in its first render what came in before anybody read it', async () => {
    const line = define();
    const seen: unknown[] = [];
    const heard = vi.fn();
    const page = putLine({ definition: line, callbacks: { onMessage: heard } });
    await page.becomes('open');
    send({ type: 'market', is: 'open' }, price('A', 1));
    await until(() => heard.mock.calls.length === 2, 'both have come');
    function Late() {
      seen.push([useLive(line.is, { from: 'old' }), useLive(line.prices, { from: [] })]);
      return null;
    }
    put(<Late />);
    expect(seen).toEqual([['open', [price('A', 1).data]]]);
  });

  it('keeps what it has while the connection is lost', async () => {
    const line = define();
    const page = putLine({ definition: line }, <Show of={line.is} />);
    await page.becomes('open');
    send({ type: 'market', is: 'open' });
    await until(() => page.place.textContent === '"open"', 'it shows it');
    server.cut();
    await until(() => server.connectionCount === 2 && server.live === 1, 'it is open again');
    expect(page.place.textContent).toBe('"open"');
    send({ type: 'market', is: 'closed' });
    await until(() => page.place.textContent === '"closed"', 'it goes on');
  });
});

describe('useMessages of any server', () => {
  it('gets every message at once, parsed, and knows whether the line is open', async () => {
    const line = define();
    const seen: string[] = [];
    let status = '';
    function Read() {
      status = useMessages(line.every, (some) => seen.push(...some.map(({ type }) => type))).status;
      return null;
    }
    const page = putLine({ definition: line }, <Read />);
    expect(status).toBe('subscribing');
    await page.becomes('open');
    await until(() => status === 'live', 'it reads');
    send({ type: 'a' }, price('A', 1), { type: 'b' });
    await until(() => seen.length === 3, 'all have come');
    expect(seen).toEqual(['a', 'price', 'b']);
    server.cut();
    await until(() => status === 'subscribing', 'the line is lost');
  });
});
