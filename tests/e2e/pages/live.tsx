import { commitsIn } from './commits.js';
// Before React DOM, which looks once for what commits are told to.

import { memo, useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import {
  collection,
  defineLine,
  log,
  type Outage,
  type Resync,
  reduce,
} from '../../../js/src/index.js';
import { useLine, useLive, useLiveKeys, useLiveRow } from '../../../js/src/react/index.js';
import { troubles } from './troubles.js';

// A board that follows a server, as a user of the package would write one, and `window.live`, by
// which tests drive and read it. `?line=` is the address, `&stream=board` makes it openline.1.

export interface Row {
  readonly id: string;
  readonly price: number;
}

/** A message; they are numbered from 1. */
export interface Change {
  readonly n: number;
  readonly row: Row | { readonly id: string; readonly gone: true };
}

/** What became of all messages. */
export interface Tally {
  readonly count: number;
  readonly last: number;
  /** How often one did not follow the one before. */
  readonly breaks: number;
}

export interface Counted {
  readonly tally: Tally;
  readonly commits: number;
  readonly frames: number;
  readonly longestMs: number;
  readonly ms: number;
}

export interface Live {
  /** Mounts the board, and counts from its first commit on. */
  show(isWhole: boolean): Promise<void>;
  /** What was counted until this message was shown. */
  until(last: number): Promise<Counted>;
  tally(): Tally;
  frames(): number;
  /** What a component gets that appears now and reads all rows. */
  rows(): Promise<readonly Row[]>;
  news(): readonly number[];
  send(texts: readonly string[]): void;
  readonly told: { outages: Outage[]; resyncs: Resync[]; errors: string[]; troubles: string[] };
}

declare global {
  interface Window {
    live: Live;
  }
}

const VISIBLE = 50;
const NEWS_MAX = 100;
const NONE: Tally = { count: 0, last: 0, breaks: 0 };

const query = new URLSearchParams(location.search);
const stream = { stream: query.get('stream') ?? undefined };

const line = defineLine(query.get('line') ?? '/echo', {
  reconnect: { minDelayMs: 20, baseDelayMs: 20, maxDelayMs: 100 },
  state: {
    board: collection<Row>({ ...stream, value: '/row', key: '/id', remove: { '/gone': true } }),
    news: log<number>({ ...stream, value: '/n', max: NEWS_MAX }),
    tally: reduce(
      (tally: Tally, changes: readonly Change[]) => changes.reduce(counted, tally),
      NONE,
      stream,
    ),
  },
});

function counted({ count, last, breaks }: Tally, { n }: Change): Tally {
  return { count: count + 1, last: n, breaks: breaks + (n === last + 1 ? 0 : 1) };
}

const page = document.querySelector('main') as HTMLElement;
const board = page.appendChild(document.createElement('section'));
const watching = createRoot(page.appendChild(document.createElement('div')));
const late = page.appendChild(document.createElement('div'));

const told: Live['told'] = { outages: [], resyncs: [], errors: [], troubles };
const frames = { count: 0, longestMs: 0, drawnAt: performance.now() };
const begun = { commits: 0, at: 0 };
let tally = NONE;
let news: readonly number[] = [];
let committed = () => {};
let send: (text: string) => unknown = () => {};

window.live = {
  show(isWhole) {
    watching.render(<Watch />);
    return new Promise((resolve) => {
      committed = () => {
        committed = () => {};
        Object.assign(frames, { count: 0, longestMs: 0 });
        // React tells of a commit once its effects have run.
        Object.assign(begun, { commits: commitsIn(board) + 1, at: performance.now() });
        resolve();
      };
      createRoot(board).render(<Board isWhole={isWhole} />);
    });
  },
  until(last) {
    return new Promise((resolve) => {
      committed = () => {
        if (tally.last < last) return;
        committed = () => {};
        const commits = commitsIn(board) + 1 - begun.commits;
        const { count, longestMs } = frames;
        const ms = performance.now() - begun.at;
        resolve({ tally, commits, frames: count, longestMs, ms });
      };
      committed();
    });
  },
  tally: () => tally,
  frames: () => frames.count,
  news: () => news,
  rows: () =>
    new Promise((resolve) => {
      const root = createRoot(late);
      const read = (rows: readonly Row[]) => {
        resolve(rows);
        queueMicrotask(() => root.unmount());
      };
      root.render(<Whole read={read} />);
    }),
  send(texts) {
    for (const text of texts) send(text);
  },
  told,
};

requestAnimationFrame(function draw(now) {
  frames.count += 1;
  frames.longestMs = Math.max(frames.longestMs, now - frames.drawnAt);
  frames.drawnAt = now;
  requestAnimationFrame(draw);
});

/** In a root of its own, so that what it is rendered for is not counted. */
function Watch() {
  const { status, send: sendNow } = useLine(line, {
    onOutage: (outage) => void told.outages.push(outage),
    onResync: (gap) => void told.resyncs.push(gap),
    onError: ({ message }) => void told.errors.push(message),
  });
  useLayoutEffect(() => {
    send = sendNow as typeof send;
  }, [sendNow]);
  return <p data-testid="status">{status}</p>;
}

function Board({ isWhole }: { isWhole: boolean }) {
  const keys = useLiveKeys(line.board);
  const newest = useLive(line.news);
  const all = useLive(line.tally);
  useLayoutEffect(() => {
    [tally, news] = [all, newest];
    committed();
  });
  return (
    <>
      <p data-testid="last">{all.last}</p>
      <table>
        <tbody>
          {keys.slice(0, VISIBLE).map((id) => (
            <Price key={id} id={id} />
          ))}
        </tbody>
      </table>
      {isWhole ? <Whole read={() => {}} /> : null}
    </>
  );
}

const Price = memo(function Price({ id }: { id: string }) {
  const row = useLiveRow(line.board, id);
  return (
    <tr>
      <th scope="row">{id}</th>
      <td>{row?.price}</td>
    </tr>
  );
});

function Whole({ read }: { read(rows: readonly Row[]): void }) {
  const rows = useLive(line.board);
  useLayoutEffect(() => read(rows));
  return <p data-testid="count">{rows.length}</p>;
}
