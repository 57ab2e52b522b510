import { memo } from 'react';
import { collection, defineLine, log, type Position, type Resync } from '../../../js/src/index.js';
import { useLine, useLive, useLiveKeys, useLiveRow } from '../../../js/src/react/index.js';

// A route as a user of the package would write one: the server renders what its loader gave, the
// page takes it over, and the line goes on behind it.

export interface Row {
  readonly id: string;
  readonly price: number;
}

export interface Entry {
  readonly n: number;
}

interface Snapshot<T> {
  readonly value: readonly T[];
  readonly at: Position;
}

/** What the loader gives. */
export interface Loaded {
  readonly board: Snapshot<Row>;
  readonly entries: Snapshot<Entry>;
}

/** `?line=` is the address; a server that renders needs none. */
const address = typeof location === 'object' ? new URLSearchParams(location.search) : null;

export const lines = defineLine(address?.get('line') ?? '/openline', {
  reconnect: { minDelayMs: 20, baseDelayMs: 20, maxDelayMs: 100 },
  state: {
    board: collection<Row>({ stream: 'board', key: '/id', remove: { '/gone': true } }),
    entries: log<Entry>({ stream: 'entries' }),
  },
});

export interface BoardProps {
  readonly loaded: Loaded;
  onResync(gap: Resync): void;
  onError(error: Error): void;
}

export function LoadedBoard({ loaded: { board, entries }, ...told }: BoardProps) {
  useLine(lines, told);
  const keys = useLiveKeys(lines.board, { from: board });
  const written = useLive(lines.entries, { from: entries });
  const total = useLive(lines.board, {
    from: board,
    select: (rows) => rows.reduce((sum, { price }) => sum + price, 0),
  });
  return (
    <section>
      <p>
        {keys.length} for {total}
      </p>
      <table>
        <tbody>
          {keys.map((id) => (
            <Price key={id} id={id} from={board} />
          ))}
        </tbody>
      </table>
      <ol>
        {written.map(({ n }) => (
          <li key={n}>{n}</li>
        ))}
      </ol>
    </section>
  );
}

const Price = memo(function Price({ id, from }: { id: string; from: Loaded['board'] }) {
  const price = useLiveRow(lines.board, id, { from, select: (row) => row?.price });
  return (
    <tr data-id={id}>
      <th scope="row">{id}</th>
      <td>{price}</td>
    </tr>
  );
});
