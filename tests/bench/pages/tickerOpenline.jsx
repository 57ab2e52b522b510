// The ticker by openline: text frames of any server by a plain line, batches by openline.1.
import { collection, defineLine } from 'openline';
import { useLine, useLive, useLiveKeys, useLiveRow } from 'openline/react';
import { useEffect, useState } from 'react';
import { Cells, serve, visibleCount } from './tickerProbe.jsx';

let show = () => {};
let told = () => {};

function Board({ host, batches, opened }) {
  const [line] = useState(() =>
    defineLine(`ws://${host}/`, {
      state: { board: collection({ key: '/id', ...(batches ? { stream: 'board' } : {}) }) },
    }),
  );
  const [isAllShown, setIsAllShown] = useState(false);
  const { status } = useLine(line, { onError: (error) => told(error) });
  const keys = useLiveKeys(line.board);
  useEffect(() => {
    show = setIsAllShown;
    if (status === 'open') opened();
  }, [status, opened]);
  return (
    <table>
      <tbody>
        {keys.slice(0, visibleCount).map((id) => (
          <Row key={id} board={line.board} id={id} />
        ))}
      </tbody>
      {isAllShown ? <All board={line.board} /> : null}
    </table>
  );
}

function Row({ board, id }) {
  const row = useLiveRow(board, id);
  return row === undefined ? null : <Cells row={row} />;
}

/** A reader that comes late: it gets the board as it is, in its first render. */
function All({ board }) {
  told(useLive(board));
  return null;
}

const readRows = () =>
  new Promise((resolve, reject) => {
    told = (rows) => (rows instanceof Error ? reject(rows) : resolve(rows));
    show(true);
  });

serve({ Board, readRows });
