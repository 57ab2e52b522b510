// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { document, latest } from '../../../js/src/core/stateDefinition.js';
import { useLive } from '../../../js/src/react/index.js';
import { failOnComplaints } from '../../support/mount.js';
import { quick } from '../../support/mountHook.js';
import { lineMounts } from '../../support/mountLine.js';
import { streamServerFixture } from '../../support/streamServer.js';
import { until } from '../../support/until.js';

// Over a real line, with the core that has documents.

type Order = { readonly total: number; readonly items: readonly { readonly name: string }[] };

failOnComplaints();
const serve = streamServerFixture();
const { putLine } = lineMounts();
let server: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  server = await serve();
});

const define = () =>
  defineLine(server.url, {
    ...quick,
    lingerMs: 0,
    state: {
      order: document<Order>({ stream: (id) => `order:${id}`, patch: 'json-patch' }),
      note: document<{ text?: string; by?: string }>({ stream: 'note', patch: 'merge-patch' }),
      last: latest<number>({ stream: 'last' }),
    },
  });

it('patches the snapshot of a family, all or nothing, and keeps what has not changed', async () => {
  const line = define();
  const onError = vi.fn();
  const value: Order = { total: 1, items: [{ name: 'a' }, { name: 'b' }] };
  const from = await server.lines.snapshot('order:7', () => value);
  const seen: (Order | undefined)[] = [];
  function Show() {
    const order = useLive(line.order('7'), { from });
    seen.push(order);
    return <p>{order?.total}</p>;
  }
  const page = putLine({ definition: line, callbacks: { onError } }, <Show />);
  expect(page.place.textContent).toBe('1');
  const patch = (...operations: unknown[]) => server.lines.publish('order:7', operations);
  await patch({ op: 'replace', path: '/total', value: 2 });
  await until(() => page.place.textContent === '2', 'it is patched');
  await patch(
    { op: 'replace', path: '/total', value: 3 },
    { op: 'test', path: '/items/0/name', value: 'z' },
  );
  await patch({ op: 'add', path: '/items/-', value: { name: 'c' } });
  await until(() => seen.at(-1)?.items.length === 3, 'the next one is taken');
  expect(seen.at(-1)).toEqual({ total: 2, items: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
  expect(seen.at(-1)?.items[1]).toBe(value.items[1]);
  expect(onError.mock.calls.map(([{ code }]) => code)).toEqual(['message']);
  expect(onError.mock.calls[0]?.[0].message).toContain(
    'state.order cannot take message 2 of stream',
  );
});

it('begins with none, beside the newest value of another stream', async () => {
  const line = define();
  function Show() {
    const [note, last] = [useLive(line.note), useLive(line.last)];
    return <p>{JSON.stringify([note ?? 'none', last ?? 'none'])}</p>;
  }
  const page = putLine({ definition: line }, <Show />);
  expect(page.place.textContent).toBe('["none","none"]');
  await until(() => server.lines.counters().subscriptions === 2, 'both are subscribed');
  await server.lines.publish('note', { text: 'hi', by: 'ada' });
  await server.lines.publish('note', { by: null });
  await server.lines.publish('last', 7);
  await until(() => page.place.textContent === '[{"text":"hi"},7]', 'both are shown');
});
