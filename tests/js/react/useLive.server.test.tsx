import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { collection, document } from '../../../js/src/core/stateDefinition.js';
import { useLive, useLiveKeys, useLiveRow } from '../../../js/src/react/index.js';

// Without a document, as in the server of a Remix app.

const touched: string[] = [];

function watch(name: string): void {
  const original = Reflect.get(globalThis, name);
  vi.stubGlobal(name, original);
  const get = () => {
    touched.push(name);
    return original;
  };
  Object.defineProperty(globalThis, name, { get, configurable: true });
}

afterEach(() => {
  touched.length = 0;
  vi.unstubAllGlobals();
});

type Row = { readonly id: string; readonly price: number };

const line = defineLine('/line', {
  state: {
    board: collection<Row>({ stream: 'board', key: '/id' }),
    order: document<{ total: number }>({ stream: 'order', patch: 'merge-patch' }),
  },
});

interface PageProps {
  readonly rows: readonly Row[];
}

function Page({ rows }: PageProps) {
  const from = { value: rows, at: ['e1', 1] as const };
  const dearest = useLive(line.board, {
    from,
    select: (all) => Math.max(...all.map(({ price }) => price)),
  });
  const keys = useLiveKeys(line.board, { from });
  const row = useLiveRow(line.board, 'b', { from });
  const order = useLive(line.order);
  return <p>{[keys.join('+'), row?.price ?? 'none', dearest, order?.total ?? 'none'].join(' ')}</p>;
}

it('shows on a server what it is given, and touches nothing', async () => {
  const rows = [
    { id: 'a', price: 1 },
    { id: 'b', price: 2 },
  ];
  const names = ['WebSocket', 'WebAssembly', 'setTimeout', 'queueMicrotask', 'fetch', 'location'];
  for (const name of names) watch(name);
  const html = renderToString(<Page rows={rows} />);
  // Microtasks alone: the runner of the tests has timers of its own.
  for (let i = 0; i < 10; i++) await Promise.resolve();
  const seen = [...touched];
  vi.unstubAllGlobals();
  expect(html).toBe('<p>a+b 2 2 none</p>');
  expect(seen).toEqual([]);
});

it('shows each request its own: nothing is kept from one to the next', () => {
  const page = (price: number) => renderToString(<Page rows={[{ id: 'b', price }]} />);
  expect(page(1)).toBe('<p>b 1 1 none</p>');
  expect(page(2)).toBe('<p>b 2 2 none</p>');
});
