// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { collection, log } from '../../../js/src/core/stateDefinition.js';
import type { RowsRef } from '../../../js/src/core/stateRef.js';
import { type UseLiveKeysOptions, useLiveKeys } from '../../../js/src/react/index.js';
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
    },
  });

const rows: readonly Row[] = [
  { id: 'b', price: 1 },
  { id: 2, price: 2 },
  { id: '1', price: 3 },
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

interface ShowProps extends UseLiveKeysOptions<Row> {
  readonly of: RowsRef<Row> | null;
  readonly onShow?: (shown: readonly string[]) => void;
}

function Show({ of, from, onShow }: ShowProps) {
  const keys = useLiveKeys(of, { from });
  onShow?.(keys);
  return <p>{keys.join()}</p>;
}

it('shows the keys as strings, in the order of the rows, from the first render on', async () => {
  const seen: (readonly string[])[] = [];
  const page = put(<Show of={line.board} from={rows} onShow={(shown) => seen.push(shown)} />);
  expect(seen).toEqual([['b', '2', '1']]);
  board.flush([...rows, { id: 'c', price: 4 }]);
  await until(() => page.place.textContent === 'b,2,1,c', 'it shows the new one');
  expect(seen.length).toBe(2);
});

it('is not rendered when a row changes, and keeps the same array', async () => {
  const seen: (readonly string[])[] = [];
  const at = () => <Show of={line.board} from={rows} onShow={(shown) => seen.push(shown)} />;
  const page = put(at());
  board.flush(rows.map(({ id, price }) => ({ id, price: price + 1 })));
  await turns();
  expect(seen.length).toBe(1);
  page.render(at());
  expect(seen[1]).toBe(seen[0]);
});

it('has no keys where there are no rows, and always the same none', () => {
  const seen: (readonly string[])[] = [];
  const page = put(<Show of={null} onShow={(shown) => seen.push(shown)} />);
  page.render(<Show of={line.board} onShow={(shown) => seen.push(shown)} />);
  page.render(<Show of={null} onShow={(shown) => seen.push(shown)} />);
  expect(seen).toEqual([[], [], []]);
  expect(seen[2]).toBe(seen[0]);
  expect(board.keys.readers).toBe(0);
});

it('gives HTML on a server that the page takes over, without another render', () => {
  const from = { value: rows, at: ['e1', 1] as const };
  const html = renderOnServer(<Show of={line.board} from={from} />);
  expect(html).toBe('<p>b,2,1</p>');
  const onShow = vi.fn();
  put(<Show of={line.board} from={from} onShow={onShow} />, { html });
  expect(onShow).toHaveBeenCalledTimes(1);
  expect(board.keys.readers).toBe(1);
});

it('throws for a log without keys', () => {
  const said = `${thrownBy(() => put(<Show of={line.ticks} />))}`;
  expect(said).toContain('useLiveKeys needs rows that have keys, and ticks has none');
});
