// @vitest-environment jsdom
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import {
  collection,
  document,
  latest,
  log,
  messages,
  reduce,
} from '../../../js/src/core/stateDefinition.js';
import type { StateRef } from '../../../js/src/core/stateRef.js';
import { type UseLiveOptions, useLive } from '../../../js/src/react/index.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages, renderOnServer, thrownBy } from '../../support/pages.js';
import { PlayedRows, PlayedState, playStates } from '../../support/playedLine.js';
import { until } from '../../support/until.js';

type Row = { readonly id: string; readonly price: number };
type Order = { readonly total: number };

const define = () =>
  defineLine('/line', {
    state: {
      board: collection<Row>({ stream: 'board', key: '/id' }),
      chat: log<string>({ stream: (room) => `chat:${room}` }),
      price: latest<number>({ stream: 'price' }),
      order: document<Order>({ stream: 'order', patch: 'merge-patch' }),
      count: reduce((sum: number, some: readonly Row[]) => sum + some.length, 0, {
        stream: 'count',
      }),
      news: messages<string>({ stream: 'news' }),
    },
  });

const rows: readonly Row[] = [
  { id: 'a', price: 1 },
  { id: 'b', price: 2 },
];
const at = ['e1', 7] as const;

failOnComplaints();
const put = pages();
let line: ReturnType<typeof define>;
let board: PlayedRows<Row>;
let price: PlayedState<number | undefined>;

beforeEach(() => {
  line = define();
  board = new PlayedRows(line.board);
  price = new PlayedState<number | undefined>(line.price, undefined);
  playStates(line, { board, price });
});

interface ShowProps<V, S> extends UseLiveOptions<V, S> {
  readonly of: StateRef<V> | null;
  readonly onShow?: (shown: S | undefined) => void;
}

function Show<V, S = V>({ of, onShow, ...options }: ShowProps<V, S>) {
  const shown = useLive(of, options);
  onShow?.(shown);
  return <p>{JSON.stringify(shown) ?? 'nothing'}</p>;
}

describe('useLive', () => {
  it('shows what is known in the first render, and what is flushed after it', async () => {
    board.flush(rows);
    const seen: unknown[] = [];
    const page = put(<Show of={line.board} onShow={(shown) => seen.push(shown)} />);
    expect(seen).toEqual([rows]);
    board.flush([{ id: 'a', price: 3 }]);
    await until(() => page.place.textContent === '[{"id":"a","price":3}]', 'it shows the change');
    expect(seen.length).toBe(2);
  });

  it('shows rows of none and no value before there is one', () => {
    const page = put(
      <>
        <Show of={line.board} />
        <Show of={line.price} />
      </>,
    );
    expect(page.place.textContent).toBe('[]nothing');
  });

  it.each([
    ['a snapshot', { value: rows, at }],
    ['a bare value', rows],
  ])('begins with %s', (_, from) => {
    const seen: unknown[] = [];
    put(<Show of={line.board} from={from} onShow={(shown) => seen.push(shown)} />);
    expect(seen).toEqual([rows]);
    expect(seen[0]).toBe(rows);
  });

  it('shows a component that comes later the present, in its first render', async () => {
    const page = put(<Show of={line.price} from={1} />);
    price.flush(2);
    await until(() => page.place.textContent === '2', 'the first shows it');
    const seen: unknown[] = [];
    put(<Show of={line.price} from={1} onShow={(shown) => seen.push(shown)} />);
    expect(seen).toEqual([2]);
  });

  it('renders for what it selects alone', async () => {
    const onShow = vi.fn();
    const select = (all: readonly Row[]) => all.length;
    const page = put(<Show of={line.board} from={rows} select={select} onShow={onShow} />);
    board.flush([...rows, { id: 'c', price: 3 }]);
    await until(() => page.place.textContent === '3', 'it shows that there is one more');
    board.flush(rows.concat({ id: 'c', price: 4 }));
    board.flush(rows);
    await until(() => page.place.textContent === '2', 'it shows that there is one less');
    expect(onShow.mock.calls).toEqual([[2], [3], [2]]);
  });

  it('goes from state to state, and to none', () => {
    const select = vi.fn((value: unknown) => typeof value);
    const page = put(<Show<unknown, string> of={line.board} select={select} />);
    page.render(<Show<unknown, string> of={line.price} from={5} select={select} />);
    expect(page.place.textContent).toBe('"number"');
    select.mockClear();
    page.render(<Show<unknown, string> of={null} select={select} />);
    expect(page.place.textContent).toBe('nothing');
    expect(select).not.toHaveBeenCalled();
    expect([board.whole.readers, price.whole.readers]).toEqual([0, 0]);
  });

  it('is read by every component that names it, through one subscription each', () => {
    const page = put([0, 1, 2].map((i) => <Show key={i} of={line.board} />));
    expect(board.whole.readers).toBe(3);
    page.unmount();
    expect(board.whole.readers).toBe(0);
  });
});

describe('useLive on a server', () => {
  it('shows what it is given, of each kind, and what is there without', () => {
    const shown = (of: StateRef, from?: unknown) => renderOnServer(<Show of={of} from={from} />);
    expect(shown(line.board, { value: rows, at })).toBe(`<p>${JSON.stringify(rows)}</p>`);
    expect(shown(line.board, rows)).toBe(`<p>${JSON.stringify(rows)}</p>`);
    expect(shown(line.board)).toBe('<p>[]</p>');
    expect(shown(line.chat('lobby'), ['hi'])).toBe('<p>["hi"]</p>');
    expect(shown(line.price, { value: 7, at })).toBe('<p>7</p>');
    expect(shown(line.price)).toBe('<p>nothing</p>');
    expect(shown(line.order, { value: { total: 3 }, at })).toBe('<p>{"total":3}</p>');
    expect(shown(line.count)).toBe('<p>0</p>');
    expect(shown(line.count, 9)).toBe('<p>9</p>');
    expect(board.whole.subscribed).toBe(0);
  });

  it('selects there as well', () => {
    const select = (all: readonly Row[]) => all.length;
    expect(renderOnServer(<Show of={line.board} from={rows} select={select} />)).toBe('<p>2</p>');
  });

  it('gives HTML that the page takes over as it is, without another render', async () => {
    const from = { value: rows, at };
    const node = (onShow = (_: unknown) => {}) => (
      <Show of={line.board} from={from} select={(all) => all.map(({ id }) => id)} onShow={onShow} />
    );
    const html = renderOnServer(node());
    const seen: unknown[] = [];
    const page = put(
      node((shown) => seen.push(shown)),
      { html },
    );
    expect(page.place.innerHTML).toBe(html);
    expect(seen).toEqual([['a', 'b']]);
    board.flush([...rows, { id: 'c', price: 3 }]);
    await until(() => page.place.textContent === '["a","b","c"]', 'the line has taken over');
  });

  it('is taken over in StrictMode as well', () => {
    const node = <Show of={line.board} from={rows} />;
    const page = put(node, { html: renderOnServer(node), isStrict: true });
    expect(page.place.textContent).toBe(JSON.stringify(rows));
    expect(board.whole.readers).toBe(1);
  });
});

describe('useLive throws', () => {
  const refuses = (node: ReactNode, part: string) => {
    const errors = [() => put(node), () => renderOnServer(node)].map(thrownBy);
    for (const error of errors) expect((error as TypeError).message).toContain(part);
  };

  it('for messages, of which nothing is kept', () => {
    // @ts-expect-error no state
    refuses(<Show of={line.news} />, 'give news to useMessages');
  });

  it('for a family that was not called', () => {
    // @ts-expect-error no state yet
    refuses(<Show of={line.chat} />, "call it with strings: chat('…')");
  });

  it('for what is no member of a definition', () => {
    // @ts-expect-error no state
    refuses(<Show of={{}} />, 'give what defineLine() returned');
  });

  it('for rows that are none', () => {
    // @ts-expect-error no rows
    refuses(<Show of={line.board} from={{ value: 7, at }} />, 'must be an array of rows');
  });
});
