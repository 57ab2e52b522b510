// @vitest-environment jsdom
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import type { StateFrom } from '../../../js/src/core/liveState.js';
import { collection, log, reduce } from '../../../js/src/core/stateDefinition.js';
import type { RowsRef } from '../../../js/src/core/stateRef.js';
import { useLive, useLiveRow, useMessages } from '../../../js/src/react/index.js';
import { memoryBroker } from '../../../js/src/server/index.js';
import { failOnComplaints } from '../../support/mount.js';
import { quick } from '../../support/mountHook.js';
import { lineMounts } from '../../support/mountLine.js';
import { renderOnServer } from '../../support/pages.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { until } from '../../support/until.js';

// Hooks over a real line: server, socket, core, flush.

type Row = { readonly id: string; readonly price: number };

failOnComplaints();
const serve = streamServerFixture();
const { put, putLine } = lineMounts();
let server: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  server = await serve({ broker: memoryBroker({ size: 20_000, entriesMax: 20_000 }) });
});

const define = () =>
  defineLine(server.url, {
    ...quick,
    lingerMs: 0,
    state: {
      board: collection<Row>({ stream: 'board', key: '/id', remove: { '/gone': true } }),
      ticks: log<number>({ stream: 'ticks', max: 20_000 }),
      sum: reduce((sum: number, some: readonly number[]) => some.reduce((a, b) => a + b, sum), 0, {
        stream: 'ticks',
      }),
    },
  });

interface RowsProps<T> {
  readonly of: RowsRef<T>;
  readonly from?: StateFrom<readonly T[]>;
  readonly onShow?: (rows: readonly T[]) => void;
}

function Rows<T>({ of, from, onShow }: RowsProps<T>) {
  const rows = useLive(of, { from });
  onShow?.(rows);
  return <p>{JSON.stringify(rows)}</p>;
}

const row = (id: string, price: number): Row => ({ id, price });

/** Publishes, and waits until it has: the server is asked in the order of the calls. */
async function publish(stream: string, ...messages: unknown[]): Promise<void> {
  await Promise.all(messages.map((message) => server.lines.publish(stream, message)));
}

async function whenOpen(node: ReactNode, definition: ReturnType<typeof define>, callbacks = {}) {
  const page = putLine({ definition, callbacks }, node);
  await until(() => server.lines.counters().subscriptions > 0, 'the stream is subscribed');
  await page.becomes('open');
  return page;
}

describe('useLive of a stream', () => {
  it('applies a burst of ten thousand messages, all of them, in few renders', async () => {
    const line = define();
    const onShow = vi.fn();
    const page = await whenOpen(<Rows of={line.ticks} onShow={onShow} />, line);
    const numbers = Array.from({ length: 10_000 }, (_, i) => i);
    const start = performance.now();
    await publish('ticks', ...numbers);
    const json = JSON.stringify(numbers);
    await until(() => page.place.textContent === json, 'all are shown', 10_000);
    const frames = (performance.now() - start) / 16;
    expect(onShow.mock.calls.length).toBeLessThanOrEqual(frames + 2);
  });

  it('goes on behind its snapshot, with nothing between missing or twice', async () => {
    const line = define();
    await publish('board', row('a', 1), row('b', 2));
    const from = await server.lines.snapshot('board', () => [row('a', 1), row('b', 2)]);
    await publish('board', row('a', 3));
    const texts: string[] = [];
    const page = putLine({ definition: line }, <Rows of={line.board} from={from} />);
    texts.push(page.place.textContent ?? '');
    const shown = (...rows: unknown[]) => page.place.textContent === JSON.stringify(rows);
    await until(() => shown(row('a', 3), row('b', 2)), 'what came between is there');
    await publish('board', { id: 'b', gone: true }, row('c', 4));
    await until(() => shown(row('a', 3), row('c', 4)), 'what came later is there');
    expect(texts).toEqual([JSON.stringify([row('a', 1), row('b', 2)])]);
  });

  it('is what the server had rendered until there is something newer', async () => {
    const line = define();
    const from = await server.lines.snapshot('board', () => [row('a', 1)]);
    const seen: (readonly Row[])[] = [];
    const html = renderOnServer(<Rows of={line.board} from={from} />);
    expect(html).toBe(`<p>${JSON.stringify([row('a', 1)])}</p>`);
    const onShow = (rows: readonly Row[]) => seen.push(rows);
    await whenOpen(<Rows of={line.board} from={from} onShow={onShow} />, line);
    expect(seen).toEqual([from.value]);
    expect(seen[0]).toBe(from.value);
    await publish('board', row('b', 2));
    await until(() => seen.length === 2, 'it shows the new one');
    expect(seen[1]?.[0]).toBe(from.value[0]);
  });

  it('goes on after a lost connection, each row once', async () => {
    const line = define();
    const page = await whenOpen(<Rows of={line.ticks} />, line);
    await publish('ticks', 1, 2);
    await until(() => page.place.textContent === '[1,2]', 'both are shown');
    server.cut();
    await publish('ticks', 3, 4);
    await until(() => page.place.textContent === '[1,2,3,4]', 'what was missed is there');
  });

  it('shows a component that comes later the present, in its first render', async () => {
    const line = define();
    const page = await whenOpen(<Rows of={line.board} />, line);
    await publish('board', row('a', 1), row('b', 2));
    await until(() => page.place.textContent !== '[]', 'the first shows it');
    const seen: unknown[] = [];
    function Late() {
      seen.push(useLiveRow(line.board, 'b'));
      return null;
    }
    put(<Late />);
    expect(seen).toEqual([row('b', 2)]);
  });

  it('renders a slow component less often, and loses nothing of it', async () => {
    const line = define();
    const onShow = vi.fn();
    function Slow() {
      const sum = useLive(line.sum);
      const end = performance.now() + 50;
      while (performance.now() < end) onShow.mock.calls.length;
      onShow(sum);
      return <p>{sum}</p>;
    }
    const page = await whenOpen(<Slow />, line);
    for (let i = 1; i <= 1_000; i++) await publish('ticks', i);
    await until(() => page.place.textContent === '500500', 'all is counted', 10_000);
    expect(onShow.mock.calls.length).toBeLessThan(200);
  });

  it('takes names of prototypes for keys like any other', async () => {
    const line = define();
    const page = await whenOpen(<Rows of={line.board} />, line);
    const rows = ['__proto__', 'constructor', '', '007', 'a"\\\u0000é'].map((id, i) => row(id, i));
    await publish('board', rows);
    const json = JSON.stringify(rows);
    await until(() => page.place.textContent === json, 'they are rows');
    expect(Object.prototype).not.toHaveProperty('price');
  });
});

describe('what goes wrong with a stream of useLive', () => {
  it('is told of a message that is no row, and the stream goes on', async () => {
    const line = define();
    const onError = vi.fn();
    const page = await whenOpen(<Rows of={line.board} />, line, { onError });
    await publish('board', row('a', 1), { price: 2 }, [row('b', 2), 7], row('c', 3));
    const json = JSON.stringify([row('a', 1), row('c', 3)]);
    await until(() => page.place.textContent === json, 'the good ones are there');
    await until(() => onError.mock.calls.length === 2, 'both are told');
    expect(onError.mock.calls.map(([{ code }]) => code)).toEqual(['message', 'message']);
    expect(onError.mock.calls[0]?.[0].message).toContain(
      "state.board cannot take message 2 of stream 'board'",
    );
  });

  it('is told once as a gap, and a newer snapshot mends it', async () => {
    server = await serve({ broker: memoryBroker({ size: 2, entriesMax: 2 }) });
    const line = define();
    const onResync = vi.fn();
    const at = (from: StateFrom<readonly Row[]>) => <Rows of={line.board} from={from} />;
    const old = await server.lines.snapshot('board', () => [row('a', 1)]);
    await publish('board', ...[2, 3, 4, 5].map((price) => row('a', price)));
    putLine({ definition: line, callbacks: { onResync } });
    const page = put(at(old));
    await until(() => onResync.mock.calls.length === 1, 'the gap is told');
    expect(page.place.textContent).toBe(JSON.stringify([row('a', 1)]));
    page.render(at(await server.lines.snapshot('board', () => [row('a', 5)])));
    const shown = (...rows: Row[]) => page.place.textContent === JSON.stringify(rows);
    await until(() => shown(row('a', 5)), 'the newer snapshot is shown');
    await publish('board', row('b', 6));
    await until(() => shown(row('a', 5), row('b', 6)), 'the stream goes on');
    expect(onResync).toHaveBeenCalledOnce();
  });

  it('leaves useMessages of the same member every message, rows of a batch too', async () => {
    const line = define();
    const seen: Row[] = [];
    function Read() {
      useMessages(line.board, (rows) => seen.push(...rows));
      return <Rows of={line.board} />;
    }
    await whenOpen(<Read />, line);
    await publish('board', row('a', 1), { price: 2 }, [row('b', 2), row('c', 3)]);
    await until(() => seen.length === 4, 'all have come');
    expect(seen).toEqual([row('a', 1), { price: 2 }, row('b', 2), row('c', 3)]);
  });
});
