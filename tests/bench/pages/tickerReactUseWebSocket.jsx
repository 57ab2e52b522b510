// The ticker by react-use-websocket as its README has it: an effect on `lastJsonMessage`. The map
// is not copied for each message, so that what is measured is the library.
import { useEffect, useState } from 'react';
import { useWebSocket } from 'react-use-websocket/dist/lib/use-websocket.js';
import { Cells, serve, visibleCount } from './tickerProbe.jsx';

const rows = new Map();

function Board({ host, batches, opened }) {
  const { lastJsonMessage } = useWebSocket(`ws://${host}/`, { onOpen: opened });
  const [, setCount] = useState(0);
  useEffect(() => {
    if (lastJsonMessage === null) return;
    for (const row of batches ? lastJsonMessage : [lastJsonMessage]) rows.set(row.id, row);
    setCount((count) => count + 1);
  }, [lastJsonMessage, batches]);
  return (
    <table>
      <tbody>
        {visible().map((row) => (
          <Cells key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function visible() {
  const first = [];
  for (const row of rows.values()) {
    if (first.length === visibleCount) break;
    first.push(row);
  }
  return first;
}

serve({ Board, readRows: () => [...rows.values()] });
