// A collection of 1,000 rows by openline.1, of which the page shows 50.
import { collection, defineLine } from 'openline';
import { useLine, useLive, useLiveRow } from 'openline/react';
import { memo, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

const shownIds = Array.from({ length: 50 }, (_, i) => `row-${String(i).padStart(4, '0')}`);
const told = { show() {}, rows() {}, error: null, resyncs: 0 };

function Board({ line, opened }) {
  const [isAllShown, setIsAllShown] = useState(false);
  const { status } = useLine(line, {
    onError(error) {
      told.error = error;
    },
    onResync() {
      told.resyncs += 1;
    },
  });
  useEffect(() => {
    told.show = setIsAllShown;
    if (status === 'open') opened();
  }, [status, opened]);
  return (
    <table>
      <tbody>
        {shownIds.map((id) => (
          <Row key={id} board={line.board} id={id} />
        ))}
      </tbody>
      {isAllShown ? <All board={line.board} /> : null}
    </table>
  );
}

const Row = memo(function Row({ board, id }) {
  const row = useLiveRow(board, id);
  if (row === undefined) return null;
  return (
    <tr>
      <td>{row.size}</td>
      <td>{row.id}</td>
      <td>{row.price}</td>
      <td>{row.text}</td>
    </tr>
  );
});

function All({ board }) {
  told.rows(useLive(board));
  return null;
}

window.connect = (host) =>
  new Promise((opened) => {
    const line = defineLine(`ws://${host}/openline`, {
      state: { board: collection({ stream: 'firehose', key: '/id' }) },
    });
    createRoot(document.querySelector('main')).render(<Board line={line} opened={opened} />);
  });

/** All rows, by a reader that comes late. */
window.readRows = () =>
  new Promise((resolve) => {
    told.rows = resolve;
    told.show(true);
  });

const frames = { count: 0, longestMs: 0 };
let drawnAt = performance.now();
const draw = (now) => {
  frames.count += 1;
  frames.longestMs = Math.max(frames.longestMs, now - drawnAt);
  drawnAt = now;
  requestAnimationFrame(draw);
};
requestAnimationFrame(draw);

/** Since the last call; `newest`: the number of the newest publication that is shown. */
window.account = () => {
  if (told.error !== null) throw told.error;
  const shown = [...document.querySelectorAll('td:first-child')].map((cell) => +cell.textContent);
  const answer = {
    ...{ frames: frames.count, longestMs: frames.longestMs },
    ...{ newest: Math.max(0, ...shown), resyncs: told.resyncs, atMs: performance.now() },
  };
  Object.assign(frames, { count: 0, longestMs: 0 });
  return answer;
};

const parse = JSON.parse;

/**
 * From now on counts the rows that JSON.parse makes: all of them, and those that are no row which
 * is shown, or are as they were when they were made before.
 */
window.countRows = () => {
  const sizes = new Map(shownIds.map((id) => [id, undefined]));
  const counts = { rows: 0, needless: 0, parsed: 0, most: 0, frames: 0 };
  const visit = (value) => {
    if (typeof value !== 'object' || value === null) return;
    if (typeof value.id !== 'string') {
      for (const each of Object.values(value)) visit(each);
      return;
    }
    counts.rows += 1;
    if (!sizes.has(value.id) || sizes.get(value.id) === value.size) counts.needless += 1;
    sizes.set(value.id, value.size);
  };
  JSON.parse = (...args) => {
    const value = parse(...args);
    const before = counts.rows;
    visit(value);
    if (counts.rows > before) counts.parsed += 1;
    counts.most = Math.max(counts.most, counts.rows - before);
    return value;
  };
  frames.count = 0;
  window.rowsCounted = () => {
    JSON.parse = parse;
    return { ...counts, frames: frames.count };
  };
};
window.ready = true;
