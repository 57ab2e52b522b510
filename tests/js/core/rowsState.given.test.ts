import { describe, expect, it, vi } from 'vitest';
import { givenWhole } from '../../../js/src/core/givenState.js';
import { board, type Row, statesFixture } from '../../support/statesFixture.js';

const { core, states, grant, publish, frame, coreStreams, streams, asked } = statesFixture();

const a: Row = { id: 'a', price: 1 };
const b: Row = { id: 'b', price: 2 };
const rows = () => states().of(board.rows);
const soon = () => vi.advanceTimersByTimeAsync(0);
const callsOf = (name: string) => core().calls.filter((call) => call.startsWith(name));

describe('a first value', () => {
  it('is shown as it was given, and stays so when the line takes over', async () => {
    const given = [a, b];
    const state = rows();
    const changed = vi.fn();
    state.render({ value: given, at: ['e1', 3] });
    expect(state.whole.get()).toBe(given);
    expect(state.row('b').get()).toBe(b);
    expect(state.keys.get()).toEqual(['a', 'b']);
    for (const part of [state.whole, state.row('b'), state.keys]) part.subscribe(changed);
    await soon();
    grant('rows', 3);
    publish('rows', 4, { id: 'x', op: 'delete' });
    frame();
    expect(state.whole.get()).toBe(given);
    expect(state.row('b').get()).toBe(b);
    expect(changed).not.toHaveBeenCalled();
    expect(callsOf('read')).toEqual([]);
  });

  it('keeps the identity of every row that does not change', () => {
    const state = rows();
    state.render({ value: [a, b], at: ['e1', 3] });
    state.whole.subscribe(() => {});
    grant('rows', 3);
    publish('rows', 4, { id: 'b', price: 7 });
    const [first, second] = state.whole.get();
    expect(first).toBe(a);
    expect(second).toEqual({ id: 'b', price: 7 });
  });

  it('without rows is the same as none', () => {
    const state = rows();
    const before = state.whole.get();
    state.render({ value: [], at: ['e1', 3] });
    expect(state.whole.get()).toBe(before);
    expect(givenWhole(board.rows, { value: [], at: ['e1', 3] })).toBe(before);
  });

  it('of several components is the newest, in whatever order they render', () => {
    const state = rows();
    const newest = [b];
    state.render({ value: [a], at: ['e1', 3] });
    state.render({ value: newest, at: ['e1', 5] });
    state.render({ value: [a], at: ['e1', 3] });
    expect(state.whole.get()).toBe(newest);
    state.whole.subscribe(() => {});
    expect(coreStreams.subscribe).toHaveBeenCalledExactlyOnceWith('rows', ['e1', 5]);
  });

  it('of two epochs is settled once: old components do not bring it back', () => {
    const state = rows();
    state.render({ value: [a], at: ['e1', 3] });
    state.render({ value: [b], at: ['e2', 1] });
    state.render({ value: [a], at: ['e1', 3] });
    expect(state.whole.get()).toEqual([b]);
  });

  it('without a position counts once, and not where something is known', () => {
    const state = rows();
    const given = [a];
    state.render(given);
    state.render([b]);
    expect(state.whole.get()).toBe(given);
    state.whole.subscribe(() => {});
    grant('rows');
    publish('rows', 1, { id: 'a', op: 'delete' });
    expect(state.whole.get()).toEqual([]);
    state.render(given);
    expect(state.whole.get()).toEqual([]);
  });

  it('that comes while nothing but the stream is known takes its place', async () => {
    const state = rows();
    const changed = vi.fn();
    state.whole.subscribe(changed);
    grant('rows', 4);
    publish('rows', 5, b);
    changed.mockClear();
    const given = [a];
    state.render({ value: given, at: ['e1', 4] });
    expect(state.whole.get()).toBe(given);
    expect(changed).not.toHaveBeenCalled();
    await soon();
    expect(changed).toHaveBeenCalledOnce();
    // What came after it comes again.
    expect(coreStreams.resubscribe).toHaveBeenCalledExactlyOnceWith(1, ['e1', 4]);
    grant('rows', 4);
    publish('rows', 5, b);
    frame();
    expect(state.whole.get()).toEqual([a, b]);
  });

  it('that is no array of rows says so', () => {
    const message =
      'openline: from of rows must be an array of rows, or what lines.snapshot() returned of one.';
    expect(() => rows().render({ a: 1 } as never)).toThrow(new TypeError(message));
    expect(() => rows().render({ value: 1, at: ['e1', 1] } as never)).toThrow(TypeError);
  });

  it('with rows that the core does not take goes on without them', () => {
    const state = rows();
    const bad = { price: 3 } as unknown as Row;
    state.render({ value: [a, bad, b], at: ['e1', 1] });
    expect(state.whole.get()).toEqual([a, bad, b]);
    state.whole.subscribe(() => {});
    expect(state.whole.get()).toEqual([a, b]);
    expect(state.whole.get()[1]).toBe(b);
  });

  it('with two rows of one key shows what the core made of them', () => {
    const state = rows();
    state.render({ value: [a, b, { id: 'a', price: 9 }], at: ['e1', 1] });
    state.whole.subscribe(() => {});
    expect(state.whole.get()).toEqual([{ id: 'a', price: 9 }, b]);
  });
});

describe('after a gap', () => {
  const lost = () => {
    const state = rows();
    state.render({ value: [a, b], at: ['e1', 1] });
    state.whole.subscribe(() => {});
    grant('rows', 1);
    streams().resync(asked.get('rows') as number, ['e1', 9]);
    return state;
  };

  it('what is known is shown, until a newer snapshot replaces it row by row', async () => {
    const state = lost();
    const before = state.whole.get();
    state.render({ value: [{ ...a }, { ...b }], at: ['e1', 1] });
    expect(state.whole.get()).toBe(before);
    state.render({ value: [{ ...a }, { id: 'b', price: 5 }], at: ['e1', 9] });
    expect(state.whole.get()[0]).toBe(a);
    expect(state.whole.get()[1]).toEqual({ id: 'b', price: 5 });
    await soon();
    grant('rows', 9);
    publish('rows', 10, { id: 'c' });
    frame();
    expect(state.whole.get()).toEqual([a, { id: 'b', price: 5 }, { id: 'c' }]);
  });

  it('a snapshot that says what the one before said corrects what was read of it alone', () => {
    const state = rows();
    const snapshot = [a, b];
    state.render({ value: snapshot, at: ['e1', 1] });
    for (const part of [state.row('a'), state.keys]) part.subscribe(() => {});
    grant('rows', 1);
    publish('rows', 3, { id: 'a', price: 9 }, { id: 'b', op: 'delete' });
    expect([state.row('a').get(), state.keys.get()]).toEqual([{ id: 'a', price: 9 }, ['a']]);
    streams().resync(asked.get('rows') as number, ['e1', 9]);
    state.render({ value: [{ ...a }, { ...b }], at: ['e1', 9] });
    expect([state.row('a').get(), state.keys.get()]).toEqual([a, ['a', 'b']]);
    expect(state.whole.get()).toBe(snapshot);
  });

  it('a snapshot that says the same is no change', async () => {
    const state = lost();
    const before = state.whole.get();
    state.render({ value: [{ ...a }, { ...b }], at: ['e1', 9] });
    expect(state.whole.get()).toBe(before);
  });
});
