import { expect, expectTypeOf, it } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import {
  collection,
  document,
  latest,
  log,
  messages,
  reduce,
} from '../../../js/src/core/stateDefinition.js';
import { useLive, useLiveKeys, useLiveRow, useMessages } from '../../../js/src/react/index.js';

type Row = { readonly id: string; readonly price: number };
type Order = { readonly total: number };

const line = defineLine('/line', {
  state: {
    board: collection<Row>({ stream: 'board', key: '/id' }),
    chat: log<string>({ stream: (room) => `chat:${room}` }),
    price: latest<number>({ stream: 'price' }),
    order: document<Order>({ stream: 'order', patch: 'merge-patch' }),
    count: reduce((sum: number, some: readonly Row[]) => sum + some.length, 0, { stream: 'count' }),
    news: messages<string>({ stream: 'news' }),
  },
});

// Never called: the compiler reads it.
function Live() {
  expectTypeOf(useLive(line.board)).toEqualTypeOf<readonly Row[]>();
  expectTypeOf(useLive(line.chat('a'))).toEqualTypeOf<readonly string[]>();
  expectTypeOf(useLive(line.price)).toEqualTypeOf<number | undefined>();
  expectTypeOf(useLive(line.order)).toEqualTypeOf<Order | undefined>();
  expectTypeOf(useLive(line.count)).toEqualTypeOf<number>();
  expectTypeOf(useLive(line.board as typeof line.board | null)).toEqualTypeOf<
    readonly Row[] | undefined
  >();
  expectTypeOf(useLive(line.board, { select: (all) => all.length })).toEqualTypeOf<number>();
  expectTypeOf(
    useLive(line.price, { select: (now) => `${now ?? 0}`, isEqual: (a, b) => a === b }),
  ).toEqualTypeOf<string>();
  useLive(line.board, { from: { value: [{ id: 'a', price: 1 }], at: ['e1', 1] } });
  useLive(line.board, { from: [{ id: 'a', price: 1 }] });
  useLive(line.price, { from: 7 });
  // @ts-expect-error rows of another type
  useLive(line.board, { from: [7] });
  // @ts-expect-error a position of two
  useLive(line.board, { from: { value: [], at: ['e1'] } });
  // @ts-expect-error there is no such member
  useLive(line.board, { select: (all) => all[0]?.prize });
  // @ts-expect-error compares what is selected
  useLive(line.board, { select: (all) => all.length, isEqual: (a: string, b: string) => a === b });
}

function LiveRow() {
  expectTypeOf(useLiveRow(line.board, 'a')).toEqualTypeOf<Row | undefined>();
  expectTypeOf(useLiveRow(line.board, 7)).toEqualTypeOf<Row | undefined>();
  expectTypeOf(useLiveRow(line.board, 'a', { select: (row) => row?.price })).toEqualTypeOf<
    number | undefined
  >();
  expectTypeOf(useLiveRow(line.board, 'a', { select: () => 1 })).toEqualTypeOf<number>();
  // @ts-expect-error a key is a string or a number
  useLiveRow(line.board, null);
  // @ts-expect-error of no state of rows
  useLiveRow(line.price, 'a');
  // @ts-expect-error the row may be missing
  useLiveRow(line.board, 'a', { select: (row) => row.price });
}

function LiveKeys() {
  expectTypeOf(useLiveKeys(line.board)).toEqualTypeOf<readonly string[]>();
  expectTypeOf(useLiveKeys(null)).toEqualTypeOf<readonly string[]>();
  // @ts-expect-error rows of another type
  useLiveKeys(line.board, { from: [{ id: 'a' }] });
}

function Messages() {
  useMessages(line.board, (rows) => expectTypeOf(rows).toEqualTypeOf<readonly Row[]>());
  useMessages(line.chat('a'), (texts) => expectTypeOf(texts).toEqualTypeOf<readonly string[]>());
  useMessages(line.price, (prices) => expectTypeOf(prices).toEqualTypeOf<readonly number[]>());
  useMessages(line.order, (patches) => expectTypeOf(patches).toEqualTypeOf<readonly unknown[]>());
  useMessages(line.count, (rows) => expectTypeOf(rows).toEqualTypeOf<readonly Row[]>());
  useMessages(line.news, (texts) => expectTypeOf(texts).toEqualTypeOf<readonly string[]>());
  // @ts-expect-error messages of another type
  useMessages(line.news, (texts: readonly number[]) => texts);
  // @ts-expect-error a family is to be called
  useMessages(line.chat, () => {});
}

it('has the types that the definition says', () => {
  for (const each of [Live, LiveRow, LiveKeys, Messages]) expect(each).toBeTypeOf('function');
});
