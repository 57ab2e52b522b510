import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import {
  collection,
  document,
  latest,
  log,
  messages,
  reduce,
} from '../../../js/src/core/stateDefinition.js';
import type { RowsRef, StateRef, StreamRef } from '../../../js/src/core/stateRef.js';

type Row = { readonly id: string; readonly price: number };

describe('members of a line', () => {
  const plain = defineLine('/', {
    state: {
      news: messages<Row>(),
      price: latest<number>({ match: { '/type': 'price' }, value: '/data' }),
      seen: log<Row>({ max: 10 }),
      board: collection<Row>({ key: '/id', remove: { '/op': 'delete' } }),
      order: document<{ total: number }>({ patch: 'merge-patch' }),
      count: reduce((sum: number, some: readonly Row[]) => sum + some.length, 0),
    },
  });
  const family = defineLine('/', {
    state: {
      news: messages<Row>({ stream: (of) => of }),
      price: latest<number>({ stream: (of) => of }),
      chat: log<Row>({ stream: (room) => `chat:${room}`, key: '/id' }),
      board: collection<Row>({ stream: (of) => of, key: '/id', update: 'merge' }),
      order: document<{ total: number }>({ stream: (id) => id, patch: 'json-patch' }),
      count: reduce<number, Row>((sum) => sum, 0, { stream: (of) => of }),
    },
  });

  it('have the types that their builders were given', () => {
    expectTypeOf(plain.news).toEqualTypeOf<StreamRef<Row>>();
    expectTypeOf(plain.price).toEqualTypeOf<StateRef<number | undefined, number>>();
    expectTypeOf(plain.seen).toEqualTypeOf<RowsRef<Row>>();
    expectTypeOf(plain.board).toEqualTypeOf<RowsRef<Row>>();
    expectTypeOf(plain.order).toEqualTypeOf<StateRef<{ total: number } | undefined>>();
    expectTypeOf(plain.count).toEqualTypeOf<StateRef<number, Row>>();
    expect(plain.count.kind).toBe('reduce');
  });

  it('are functions of strings where their streams are, with the same types', () => {
    expectTypeOf(family.news('a')).toEqualTypeOf<StreamRef<Row>>();
    expectTypeOf(family.price('a')).toEqualTypeOf<StateRef<number | undefined, number>>();
    expectTypeOf(family.chat('a')).toEqualTypeOf<RowsRef<Row>>();
    expectTypeOf(family.board('a')).toEqualTypeOf<RowsRef<Row>>();
    expectTypeOf(family.order('a')).toEqualTypeOf<StateRef<{ total: number } | undefined>>();
    expectTypeOf(family.count('a')).toEqualTypeOf<StateRef<number, Row>>();
    expect(family.chat('lobby')).toMatchObject({ name: 'chat', stream: 'chat:lobby' });
    // @ts-expect-error a family is named by strings
    expect(() => family.chat(7)).toThrow('call it with strings');
  });

  it('are not one for the other', () => {
    const rows = (_: RowsRef<Row>) => {};
    const state = (_: StateRef) => {};
    rows(plain.board);
    state(plain.board);
    // @ts-expect-error no rows are kept of it
    rows(plain.price);
    // @ts-expect-error rows of another type
    rows(defineLine('/', { state: { a: log<number>() } }).a);
    // @ts-expect-error nothing is kept of it
    state(plain.news);
    // @ts-expect-error a family is to be called
    state(family.chat);
    // @ts-expect-error there is no such member
    expect(plain.bord).toBeUndefined();
  });
});
