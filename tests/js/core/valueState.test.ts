import { describe, expect, it, vi } from 'vitest';
import { board, statesFixture } from '../../support/statesFixture.js';

const { core, states, told, grant, publish, frame, streams, asked, trap, restart, coreStreams } =
  statesFixture();
const price = () => states().of(board.price);
const soon = () => vi.advanceTimersByTimeAsync(0);
const first = { at: { v: 1 }, of: { name: 'x' } };

describe('a value', () => {
  it('is nothing, then the newest, whose equal parts keep their identity', () => {
    const state = price();
    const changed = vi.fn();
    state.whole.subscribe(changed);
    expect(state.whole.get()).toBeUndefined();
    grant('price');
    publish('price', 1, first);
    const before = state.whole.get();
    publish('price', 2, { at: { v: 2 }, of: { name: 'x' } });
    frame();
    expect(state.whole.get()).toEqual({ at: { v: 2 }, of: { name: 'x' } });
    expect(state.whole.get()?.of).toBe(before?.of);
    publish('price', 3, { at: { v: 2 }, of: { name: 'x' } });
    frame();
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('that is given is shown itself, and is what the core goes on from', () => {
    const order = states().of(board.order);
    const given = { a: { b: 1 }, c: 1 };
    order.render({ value: given, at: ['e1', 3] });
    expect(order.whole.get()).toBe(given);
    order.whole.subscribe(() => {});
    expect(order.whole.get()).toBe(given);
    grant('order', 3);
    publish('order', 4, { c: 2 });
    expect(order.whole.get()).toEqual({ a: { b: 1 }, c: 2 });
    expect((order.whole.get() as typeof given).a).toBe(given.a);
  });

  it('of a newer snapshot takes the place of what was lost, in the core too', async () => {
    const order = states().of(board.order);
    order.render({ value: { a: { b: 1 }, c: 1 }, at: ['e1', 3] });
    order.whole.subscribe(() => {});
    grant('order', 3);
    const before = order.whole.get() as { a: object };
    streams().resync(asked.get('order') as number, ['e1', 9]);
    order.render({ value: { a: { b: 1 }, c: 7 }, at: ['e1', 9] });
    expect((order.whole.get() as { a: object }).a).toBe(before.a);
    await soon();
    grant('order', 9);
    publish('order', 10, { d: 1 });
    frame();
    expect(order.whole.get()).toEqual({ a: { b: 1 }, c: 7, d: 1 });
  });

  it('of a newer snapshot may be nothing, in the core too', async () => {
    const order = states().of(board.order);
    order.render({ value: { a: 1 }, at: ['e1', 3] });
    order.whole.subscribe(() => {});
    grant('order', 3);
    streams().resync(asked.get('order') as number, ['e1', 9]);
    order.render({ value: undefined, at: ['e1', 9] } as never);
    await soon();
    expect(order.whole.get()).toBeUndefined();
    grant('order', 9);
    publish('order', 10, { d: 1 });
    frame();
    expect(order.whole.get()).toEqual({ d: 1 });
  });

  it('that has no JSON form is shown, and told of', () => {
    const state = price();
    const given = { at: { v: 1n } } as never;
    state.render({ value: given, at: ['e1', 1] });
    state.whole.subscribe(() => {});
    expect(state.whole.get()).toBe(given);
    expect(told.error).toHaveBeenCalledOnce();
    expect(told.error.mock.calls[0]?.[0].message).toMatch(
      /^openline: price: from has no JSON form/,
    );
  });

  it('goes on after a trap from what was shown', () => {
    const state = price();
    state.whole.subscribe(() => {});
    grant('price');
    publish('price', 1, first);
    const shown = state.whole.get();
    publish('price', 2, { at: { v: 2 } });
    trap();
    restart();
    expect(state.whole.get()).toBe(shown);
    expect(core().calls).toContain('seed 1');
    expect(coreStreams.subscribe.mock.lastCall).toEqual(['price', ['e1', 1]]);
  });
});
