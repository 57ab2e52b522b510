// @vitest-environment jsdom
import { memo } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { collection, latest, log } from '../../../js/src/core/stateDefinition.js';
import type { RowsRef } from '../../../js/src/core/stateRef.js';
import { type UseLiveRowOptions, useLiveKeys, useLiveRow } from '../../../js/src/react/index.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages, renderOnServer, thrownBy } from '../../support/pages.js';
import { PlayedRows, playStates } from '../../support/playedLine.js';
import { turns, until } from '../../support/until.js';

type Row = { readonly id: string | number; readonly price: number };

const define = () =>
  defineLine('/line', {
    state: {
      board: collection<Row>({ stream: 'board', key: '/id' }),
      ticks: log<Row>({ stream: 'ticks' }),
      price: latest<number>({ stream: 'price' }),
    },
  });

const rows: readonly Row[] = [
  { id: 'a', price: 1 },
  { id: 7, price: 2 },
  { id: '__proto__', price: 3 },
  { id: '', price: 4 },
];

failOnComplaints();
const put = pages();
let line: ReturnType<typeof define>;
let board: PlayedRows<Row>;

beforeEach(() => {
  line = define();
  board = new PlayedRows(line.board);
  playStates(line, { board });
});

interface ShowProps<S> extends UseLiveRowOptions<Row, S> {
  readonly of: RowsRef<Row> | null;
  readonly id: string | number;
  readonly onShow?: (shown: S | undefined) => void;
}

function Show<S = Row | undefined>({ of, id, onShow, ...options }: ShowProps<S>) {
  const shown = useLiveRow<Row, S>(of, id, options);
  onShow?.(shown);
  return <p>{JSON.stringify(shown) ?? 'none'}</p>;
}

describe('useLiveRow', () => {
  it('shows a row, and is rendered for it alone', async () => {
    const onShow = vi.fn();
    const page = put(<Show of={line.board} id="a" from={rows} onShow={onShow} />);
    expect(page.place.textContent).toBe('{"id":"a","price":1}');
    board.flush(rows.with(1, { id: 7, price: 20 }));
    await turns();
    expect(onShow).toHaveBeenCalledTimes(1);
    board.flush(rows.with(0, { id: 'a', price: 10 }));
    await until(() => page.place.textContent === '{"id":"a","price":10}', 'it shows the change');
    expect(onShow).toHaveBeenCalledTimes(2);
  });

  it('shows that there is none, until it comes, and when it has gone', async () => {
    const page = put(<Show of={line.board} id="a" />);
    expect(page.place.textContent).toBe('none');
    board.flush(rows);
    await until(() => page.place.textContent !== 'none', 'it has come');
    board.flush(rows.slice(1));
    await until(() => page.place.textContent === 'none', 'it has gone');
  });

  it.each([
    ['7', 7, 2],
    [7, 7, 2],
    [7.0, 7, 2],
    ['__proto__', '__proto__', 3],
    ['', '', 4],
  ])('finds the key %j', (key, id, price) => {
    const page = put(<Show of={line.board} id={key} from={rows} />);
    expect(page.place.textContent).toBe(JSON.stringify({ id, price }));
  });

  it.each([['constructor'], ['07'], ['length']])('finds nothing of the key %j', (key) => {
    expect(put(<Show of={line.board} id={key} from={rows} />).place.textContent).toBe('none');
  });

  it('goes from key to key, and to none', () => {
    const page = put(<Show of={line.board} id="a" from={rows} />);
    page.render(<Show of={line.board} id={7} from={rows} />);
    expect(page.place.textContent).toBe('{"id":7,"price":2}');
    expect([board.row('a').readers, board.row('7').readers]).toEqual([0, 1]);
    page.render(<Show of={null} id={7} />);
    expect(page.place.textContent).toBe('none');
    expect(board.row('7').readers).toBe(0);
  });

  it('renders for what it selects alone, also of no row', async () => {
    const onShow = vi.fn();
    const select = (row: Row | undefined) => (row?.price ?? 0) > 5;
    const page = put(<Show of={line.board} id="a" from={rows} select={select} onShow={onShow} />);
    board.flush(rows.with(0, { id: 'a', price: 2 }));
    board.flush([]);
    board.flush(rows.with(0, { id: 'a', price: 9 }));
    await until(() => page.place.textContent === 'true', 'it is above');
    expect(onShow.mock.calls).toEqual([[false], [true]]);
  });

  it('beside useLiveKeys renders a list for a new row, and one row for its change', async () => {
    const renders: string[] = [];
    const Line = memo(function Line({ id }: { id: string }) {
      renders.push(id);
      return <li>{useLiveRow(line.board, id, { from: rows })?.price}</li>;
    });
    function List() {
      renders.push('list');
      return useLiveKeys(line.board, { from: rows }).map((id) => <Line key={id} id={id} />);
    }
    const page = put(<List />);
    expect(renders.splice(0)).toEqual(['list', 'a', '7', '__proto__', '']);
    board.flush(rows.with(1, { id: 7, price: 5 }));
    await until(() => page.place.textContent === '1534', 'the change is shown');
    expect(renders.splice(0)).toEqual(['7']);
    board.flush([...board.whole.get(), { id: 'b', price: 6 }]);
    await until(() => page.place.textContent === '15346', 'the new one is shown');
    expect(renders).toEqual(['list', 'b']);
  });
});

describe('useLiveRow on a server', () => {
  it('shows the row of what it is given, and the page takes it over', () => {
    const from = { value: rows, at: ['e1', 1] as const };
    const seen: unknown[] = [];
    const node = (onShow = (_: unknown) => {}) => (
      <Show of={line.board} id={7} from={from} onShow={onShow} />
    );
    const html = renderOnServer(node());
    expect(html).toBe('<p>{"id":7,"price":2}</p>');
    expect(
      put(
        node((shown) => seen.push(shown)),
        { html },
      ).place.innerHTML,
    ).toBe(html);
    expect(seen).toEqual([rows[1]]);
    expect(seen[0]).toBe(rows[1]);
  });
});

describe('useLiveRow throws', () => {
  it.each([[undefined], [null], [{}], [true]])('for the key %j', (key) => {
    expect(thrownBy(() => put(<Show of={line.board} id={key as never} />))).toEqual(
      new TypeError(
        `openline: useLiveRow needs a key, a string or a number, not ${typeof key}; ` +
          'give null for the rows while there is none.',
      ),
    );
  });

  it('for a log without keys, and for what has no rows', () => {
    const said = (of: RowsRef<Row>) => `${thrownBy(() => put(<Show of={of} id="a" />))}`;
    expect(said(line.ticks)).toContain('needs rows that have keys, and ticks has none');
    // @ts-expect-error no rows
    expect(said(line.price)).toContain('needs rows that have keys, and price has none');
  });
});
