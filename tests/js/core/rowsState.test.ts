import { describe, expect, it, vi } from 'vitest';
import { board, type Row, statesFixture } from '../../support/statesFixture.js';

const { core, states, grant, publish, frame, streams, asked } = statesFixture();

const a: Row = { id: 'a', price: 1 };
const b: Row = { id: 'b', price: 2 };
const rows = () => states().of(board.rows);
const soon = () => vi.advanceTimersByTimeAsync(0);
const callsOf = (name: string) => core().calls.filter((call) => call.startsWith(name));

describe('rows that are read one by one', () => {
  it('cost what they are, and tell their readers alone', () => {
    const state = rows();
    const [one, other] = [vi.fn(), vi.fn()];
    state.row('a').subscribe(one);
    state.row('b').subscribe(other);
    grant('rows');
    publish('rows', 2, a, b);
    publish('rows', 3, { id: 'b', price: 8 });
    frame();
    expect([one.mock.calls.length, other.mock.calls.length]).toEqual([1, 2]);
    expect(state.row('b').get()).toEqual({ id: 'b', price: 8 });
    expect(callsOf('observe')).toEqual([]);
    expect(callsOf('read ')).toEqual([]);
  });

  it('are not looked for in all of them with each render that gives a bare value', () => {
    const state = rows();
    const row = state.row('a');
    row.subscribe(() => {});
    grant('rows');
    for (let last = 1; last < 9; last++) {
      publish('rows', last, { id: 'a', price: last });
      frame();
      state.render([a]);
      expect(row.get()).toEqual({ id: 'a', price: last });
    }
    expect(callsOf('read ')).toHaveLength(1);
  });

  it('that went since the last flush are gone with the next, whoever comes between', () => {
    const state = rows();
    state.whole.subscribe(() => {});
    grant('rows');
    publish('rows', 1, a);
    publish('rows', 2, { id: 'a', op: 'delete' });
    const row = state.row('a');
    const changed = vi.fn();
    row.subscribe(changed);
    expect(row.get()).toEqual(a);
    frame();
    expect(row.get()).toBeUndefined();
    expect(changed).toHaveBeenCalledOnce();
  });

  it('come, go and come again', () => {
    const state = rows();
    const seen: unknown[] = [];
    const row = state.row('a');
    row.subscribe(() => seen.push(row.get()));
    grant('rows');
    publish('rows', 1, a);
    publish('rows', 2, { id: 'a', op: 'delete' });
    frame();
    publish('rows', 3, { id: 'a', price: 3 });
    frame();
    expect(seen).toEqual([a, undefined, { id: 'a', price: 3 }]);
  });

  it('are read once in render, whoever renders, until the next flush', () => {
    const state = rows();
    state.row('b').subscribe(() => {});
    grant('rows');
    publish('rows', 2, a, b);
    core().calls.length = 0;
    const first = state.row('a').get();
    expect(first).toEqual(a);
    expect(state.row('a').get()).toBe(first);
    publish('rows', 3, { id: 'a', price: 9 });
    expect(state.row('a').get()).toBe(first);
    frame();
    expect(state.row('a').get()).toEqual({ id: 'a', price: 9 });
    expect(callsOf('readRow')).toEqual(['readRow 1 a', 'readRow 1 a']);
  });

  it('missed nothing between render and subscription', () => {
    const state = rows();
    state.keys.subscribe(() => {});
    grant('rows');
    publish('rows', 1, a);
    const row = state.row('a');
    const rendered = row.get();
    publish('rows', 2, { id: 'a', price: 5 });
    row.subscribe(() => {});
    expect(rendered).toEqual(a);
    expect(row.get()).toEqual({ id: 'a', price: 5 });
  });

  it('share one watch, which ends with the last reader', () => {
    const state = rows();
    state.whole.subscribe(() => {});
    const leave = [state.row('a').subscribe(() => {}), state.row('a').subscribe(() => {})];
    leave[0]?.();
    expect(callsOf('unwatch')).toEqual([]);
    leave[1]?.();
    expect(callsOf('unwatch')).toEqual(['unwatch 1 1']);
  });

  it('with names of everything that objects have are data', () => {
    const state = rows();
    const keys = ['__proto__', 'constructor', '', '007'];
    state.whole.subscribe(() => {});
    grant('rows');
    for (const [i, key] of keys.entries()) {
      const row = state.row(key);
      expect(row.get()).toBeUndefined();
      row.subscribe(() => {});
      publish('rows', i + 1, { id: key });
      frame();
      expect(row.get()).toEqual({ id: key });
    }
  });
});

describe('keys', () => {
  it('are another array only when a row comes or goes', () => {
    const state = rows();
    const changed = vi.fn();
    state.keys.subscribe(changed);
    grant('rows');
    publish('rows', 2, a, b);
    const keys = state.keys.get();
    expect(keys).toEqual(['a', 'b']);
    publish('rows', 3, { id: 'a', price: 9 });
    frame();
    expect(state.keys.get()).toBe(keys);
    publish('rows', 4, { id: 'a', op: 'delete' });
    frame();
    expect(state.keys.get()).toEqual(['b']);
    publish('rows', 5, a);
    frame();
    expect(state.keys.get()).toEqual(['b', 'a']);
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it('stay when a newer snapshot has the same', async () => {
    const state = rows();
    state.render({ value: [a, b], at: ['e1', 1] });
    state.keys.subscribe(() => {});
    grant('rows', 1);
    publish('rows', 2, { id: 'a', price: 2 });
    const keys = state.keys.get();
    streams().resync(asked.get('rows') as number, ['e1', 9]);
    state.render({ value: [a, b], at: ['e1', 9] });
    await soon();
    grant('rows', 9);
    publish('rows', 10, { id: 'a', price: 4 });
    frame();
    expect(state.keys.get()).toBe(keys);
  });
});

describe('a reader of the whole', () => {
  it('that comes later has all of it in the same render', () => {
    const state = rows();
    state.row('a').subscribe(() => {});
    grant('rows');
    publish('rows', 2, a, b);
    const shown = state.whole.get();
    expect(shown).toEqual([a, b]);
    expect(state.whole.get()).toBe(shown);
    state.whole.subscribe(() => {});
    expect(state.whole.get()).toBe(shown);
    expect(callsOf('read ')).toEqual(['read 1']);
    publish('rows', 3, { id: 'c' });
    frame();
    expect(state.whole.get()).toEqual([a, b, { id: 'c' }]);
    expect(state.whole.get()[0]).toBe(shown[0]);
  });

  it('that leaves while others stay is nobody to tell of all rows any more', () => {
    const state = rows();
    state.row('a').subscribe(() => {});
    state.whole.subscribe(() => {})();
    expect(callsOf('observe')).toEqual(['observe 1 1', 'observe 1 0']);
  });

  it('of a log has rows in their order, equal ones too', () => {
    const chat = states().of(board.chat);
    chat.whole.subscribe(() => {});
    grant('chat');
    publish('chat', 3, 'x', 'y', 'x');
    expect(chat.whole.get()).toEqual(['x', 'y', 'x']);
    expect(chat.row('x').get()).toBeUndefined();
  });
});
