import { createRoot } from 'react-dom/client';
import {
  collection,
  defineLine,
  document as documentState,
  latest,
  preload,
  type Status,
} from '../../../js/src/index.js';
import { useLine, useLive } from '../../../js/src/react/index.js';

// Two lines with states, one of which needs the core with documents, and `window.wasmless`, by
// which tests drive them. The server echoes, so what is sent is what the states get.

interface Row {
  readonly id: string;
  readonly price: number;
}

export interface Wasmless {
  show(): void;
  send(name: 'rows' | 'order', message: object): void;
  readonly preload: typeof preload;
  readonly errors: string[];
}

declare global {
  interface Window {
    wasmless: Wasmless;
  }
}

const board = defineLine('/echo', {
  state: {
    rows: collection<Row>({ match: { '/type': 'row' }, value: '/row', key: '/id' }),
    news: latest<string>({ match: { '/type': 'news' }, value: '/text' }),
  },
});
const desk = defineLine('/echo?documents', {
  state: { order: documentState<object>({ value: '/patch', patch: 'merge-patch' }) },
});

const sends: Partial<Record<'rows' | 'order', (message: object) => void>> = {};
const errors: string[] = [];
const onError = (error: Error) => errors.push(error.message);

window.wasmless = {
  errors,
  preload,
  show: () =>
    createRoot(document.querySelector('main') as HTMLElement).render(
      <>
        <Board />
        <Desk />
      </>,
    ),
  send: (name, message) => sends[name]?.(message),
};

function Board() {
  const { status, send } = useLine(board, { onError });
  const rows = useLive(board.rows);
  const news = useLive(board.news);
  sends.rows = (message) => send(JSON.stringify(message));
  return <Shown name="rows" status={status} value={{ rows, news }} />;
}

function Desk() {
  const { status, send } = useLine(desk, { onError });
  const order = useLive(desk.order);
  sends.order = (message) => send(JSON.stringify(message));
  return <Shown name="order" status={status} value={order} />;
}

function Shown({ name, status, value }: { name: string; status: Status; value: unknown }) {
  return (
    <output data-testid={name} data-status={status}>
      {JSON.stringify(value)}
    </output>
  );
}
