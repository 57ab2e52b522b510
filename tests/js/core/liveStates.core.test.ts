import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LineCallbacks } from '../../../js/src/core/lineCallbacks.js';
import { type AnyLineDefinition, defineLine } from '../../../js/src/core/lineDefinition.js';
import { openLine } from '../../../js/src/core/openedLine.js';
import { collection, latest, log, reduce } from '../../../js/src/core/stateDefinition.js';
import type { StateRef } from '../../../js/src/core/stateRef.js';
import { EchoServer } from '../../support/echoServer.js';
import { soon } from '../../support/lineFixture.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { until } from '../../support/until.js';

interface Row {
  readonly id: string;
  readonly price?: number;
  readonly op?: string;
}

const serve = streamServerFixture();
const opened: { dispose(): void }[] = [];
afterEach(() => {
  for (const line of opened.splice(0)) line.dispose();
});
const open = <D extends AnyLineDefinition>(definition: D, callbacks: LineCallbacks = {}) => {
  const line = openLine(definition, callbacks);
  opened.push(line);
  return line;
};

const boardAt = (url: string) =>
  defineLine(url, {
    reconnect: soon,
    lingerMs: 0,
    state: {
      board: collection<Row>({ stream: 'board', key: '/id', remove: { '/op': 'delete' } }),
      chat: log<number>({ stream: 'chat', max: 10 }),
      sum: reduce((sum: number, more: readonly number[]) => more.reduce((a, b) => a + b, sum), 0, {
        stream: 'chat',
      }),
    },
  });

/** So that the same rows come and go in each run. */
function* changes(count: number): Generator<Row> {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let i = 0; i < count; i++) {
    const id = `row-${next(40)}`;
    yield next(5) === 0 ? { id, op: 'delete' } : { id, price: next(1_000) };
  }
}

function fold(rows: Map<string, Row>, row: Row): void {
  if (row.op === 'delete') rows.delete(row.id);
  else rows.set(row.id, row);
}

describe('states over the core', () => {
  it('are what a fold of all publications is, across lost connections', async () => {
    const { url, lines, cut } = await serve({ history: { size: 5_000, ttlMs: 60_000 } });
    const definition = boardAt(url);
    const line = open(definition);
    const expected = new Map<string, Row>();
    const first: Row[] = [{ id: 'row-1', price: 0 }];
    for (const row of first) fold(expected, row);
    const board = line.live(definition.board);
    board.render(await lines.snapshot('board', () => first));
    const [whole, row, keys] = [board.whole, board.row('row-3'), board.keys];
    for (const part of [whole, row, keys]) part.subscribe(() => {});
    await until(() => line.snapshot.status === 'open', 'the line is open');
    let count = 0;
    for (const change of changes(2_000)) {
      lines.publish('board', change);
      fold(expected, change);
      if (++count % 500 === 0) {
        cut();
        await until(() => line.snapshot.status === 'open', 'the line is open');
      }
    }
    lines.publish('board', { id: 'last' });
    await until(() => whole.get().some(({ id }) => id === 'last'), 'all has come in');
    expect(whole.get()).toEqual([...expected.values(), { id: 'last' }]);
    expect(row.get()).toEqual(expected.get('row-3'));
    expect(keys.get()).toEqual([...expected.keys(), 'last']);
  });

  it('reduce and log what one stream brings to both', async () => {
    const { url, lines } = await serve();
    const definition = boardAt(url);
    const line = open(definition);
    const [chat, sum] = [line.live(definition.chat), line.live(definition.sum)];
    chat.whole.subscribe(() => {});
    sum.whole.subscribe(() => {});
    const reader = line.subscribe(definition.chat, { published: () => {} });
    await until(() => reader.status === 'live', 'the stream is live');
    for (let i = 1; i <= 100; i++) lines.publish('chat', i);
    await until(() => sum.whole.get() === 5_050, 'all is summed');
    expect(chat.whole.get()).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
  });

  it('tell of a message that does not fit, and go on', async () => {
    const { url, lines } = await serve();
    const definition = boardAt(url);
    const onError = vi.fn();
    const line = open(definition, { onError });
    const board = line.live(definition.board);
    board.whole.subscribe(() => {});
    const reader = line.subscribe(definition.board, { published: () => {} });
    await until(() => reader.status === 'live', 'the stream is live');
    for (const row of [{ id: 'a' }, { price: 1 }, { id: 'b' }]) lines.publish('board', row);
    await until(() => onError.mock.calls.length > 0, 'the fault is told');
    await until(() => board.whole.get().length === 2, 'the others are in');
    const [error] = onError.mock.calls[0] as [Error];
    expect(error).toMatchObject({ code: 'message' });
    expect(error.message).toMatch(
      /^openline: state\.board cannot take message 2 of stream 'board'/,
    );
  });
});

describe('states of any server, over the core', () => {
  it('take what matches of texts and of bytes', async () => {
    const server = new EchoServer();
    await server.start();
    const definition = defineLine(server.url, {
      reconnect: soon,
      state: { price: latest<number>({ match: { '/type': 'price' }, value: '/v' }) },
    });
    const line = open(definition);
    const price = line.live(definition.price);
    price.whole.subscribe(() => {});
    await until(() => line.snapshot.status === 'open', 'the line is open');
    line.send('{"type":"price","v":1}');
    await until(() => price.whole.get() === 1, 'the text is in');
    line.send('{"type":"other","v":2}');
    line.send(new TextEncoder().encode('{"type":"price","v":3}'));
    await until(() => price.whole.get() === 3, 'the bytes are in');
    line.dispose();
    await server.stop();
  });
});

describe('a snapshot that is nested too deeply', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);

  it.each<[string, (at: string) => AnyLineDefinition]>([
    ['a value', (at) => defineLine(at, { state: { deep: latest<unknown>({}) } })],
    ['rows', (at) => defineLine(at, { state: { deep: log<unknown>({}) } })],
  ])('is told and not kept, and the state goes on: %s', async (_, defined) => {
    const server = new EchoServer();
    await server.start();
    const definition = defined(server.url) as unknown as { deep: StateRef };
    const onError = vi.fn();
    const line = open(definition as unknown as AnyLineDefinition, { onError });
    const { whole } = line.live(definition.deep);
    whole.subscribe(() => {});
    await until(() => line.snapshot.status === 'open', 'the line is open');
    line.live(definition.deep).render([deep(70)] as never);
    await until(() => onError.mock.calls.length > 0, 'it is told');
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: 'message' });
    expect([undefined, '[]']).toContain(JSON.stringify(whole.get()));
    line.send('7');
    await until(() => `${JSON.stringify(whole.get())}`.includes('7'), 'the next one is in');
    line.dispose();
    await server.stop();
  });
});
