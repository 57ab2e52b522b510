import { describe, expect, it, vi } from 'vitest';
import { board, LINGER, type Row, statesFixture } from '../../support/statesFixture.js';

const { core, states, held, told, coreStreams, grant, publish, frame, frames, trap, restart } =
  statesFixture();

const a: Row = { id: 'a', price: 1 };
const b: Row = { id: 'b', price: 2 };
const soon = () => vi.advanceTimersByTimeAsync(0);

describe('the first reader of a state', () => {
  it('opens the line, and the stream from the snapshot on', async () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a], at: ['e1', 7] });
    expect(held.count).toBe(0);
    rows.whole.subscribe(() => {});
    expect(held.count).toBe(1);
    expect(coreStreams.subscribe.mock.calls).toEqual([['rows', ['e1', 7]]]);
  });

  it('shares the state with the second', () => {
    states()
      .of(board.rows)
      .whole.subscribe(() => {});
    states()
      .of(board.rows)
      .whole.subscribe(() => {});
    expect(states().of(board.rows)).toBe(states().of(board.rows));
    expect(core().calls.filter((call) => call.startsWith('add'))).toEqual(['add collection']);
  });
});

describe('a flush', () => {
  it('takes one delta, brings all states up to date and then tells all readers', () => {
    const [rows, price] = [states().of(board.rows), states().of(board.price)];
    const seen: unknown[] = [];
    const look = () => seen.push([rows.whole.get().length, price.whole.get()?.at.v]);
    rows.whole.subscribe(look);
    price.whole.subscribe(look);
    grant('rows');
    grant('price');
    publish('rows', 1, a);
    publish('rows', 2, b);
    publish('price', 1, { at: { v: 5 } });
    expect(seen).toEqual([[1, undefined]]);
    frame();
    expect(seen.slice(1)).toEqual([
      [2, 5],
      [2, 5],
    ]);
    expect(core().calls.filter((call) => call === 'takeDelta')).toHaveLength(2);
  });

  it('tells what a reader that throws does not keep from the others', async () => {
    const rows = states().of(board.rows);
    const errors = vi.fn();
    process.once('unhandledRejection', errors);
    const other = vi.fn();
    rows.whole.subscribe(() => {
      throw new Error('mine');
    });
    rows.whole.subscribe(other);
    grant('rows');
    publish('rows', 1, a);
    expect(other).toHaveBeenCalledOnce();
    vi.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors).toHaveBeenCalledOnce();
  });

  it('tells of a message that a state could not take: which, where and why', () => {
    const rows = states().of(board.rows);
    rows.whole.subscribe(() => {});
    grant('rows');
    core().fault([1, 3, 12, 9], 4);
    publish('rows', 9, a);
    expect(told.error.mock.calls.map(([{ code, message }]) => [code, message])).toEqual([
      [
        'message',
        "openline: state.rows cannot take message 9 of stream 'rows': it, from byte 12 on, has a " +
          'row without key ("/id"); give each row one, or correct `key`.',
      ],
      [
        'message',
        'openline: 4 more messages could not be taken since the last flush; they are not told ' +
          'one by one.',
      ],
    ]);
    expect(rows.whole.get()).toEqual([a]);
  });

  it('tells how many of the oldest rows went', () => {
    const rows = states().of(board.rows);
    rows.whole.subscribe(() => {});
    grant('rows');
    publish('rows', 7, ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ id })));
    expect(rows.whole.get().map(({ id }) => id)).toEqual(['c', 'd', 'e', 'f', 'g']);
    expect(told.evicted).toHaveBeenCalledExactlyOnceWith({
      state: 'rows',
      stream: 'rows',
      count: 2,
    });
  });
});

describe('a state whose last reader has left', () => {
  it('lingers once: it reads on, and its stream is let go with it', async () => {
    const rows = states().of(board.rows);
    const leave = rows.whole.subscribe(() => {});
    grant('rows');
    leave();
    expect(held.count).toBe(0);
    publish('rows', 1, a);
    expect(rows.whole.get()).toEqual([a]);
    await vi.advanceTimersByTimeAsync(LINGER);
    expect(core().calls).toContain('remove 1');
    await vi.advanceTimersByTimeAsync(1);
    expect(coreStreams.unsubscribe).toHaveBeenCalledOnce();
  });

  it('keeps what it knew while somebody holds it, and goes on from there', async () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a], at: ['e1', 1] });
    rows.whole.subscribe(() => {})();
    rows.whole.subscribe(() => {})();
    const leave = rows.whole.subscribe(() => {});
    grant('rows', 1);
    publish('rows', 2, b);
    const known = rows.whole.get();
    leave();
    await vi.advanceTimersByTimeAsync(LINGER + 1);
    rows.render({ value: [a], at: ['e1', 1] });
    expect(rows.whole.get()).toBe(known);
    rows.whole.subscribe(() => {});
    expect(rows.whole.get()).toBe(known);
    expect(coreStreams.subscribe.mock.lastCall).toEqual(['rows', ['e1', 2]]);
  });

  it('begins anew where only rows were read: there is no whole to go on from', async () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a], at: ['e1', 1] });
    const leave = rows.row('a').subscribe(() => {});
    grant('rows', 1);
    publish('rows', 2, b);
    leave();
    await vi.advanceTimersByTimeAsync(LINGER + 1);
    expect(rows.whole.get()).toEqual([]);
    rows.render({ value: [a], at: ['e1', 1] });
    expect(rows.whole.get()).toEqual([a]);
  });
});

describe('after a trap of the core', () => {
  it('a state that is known whole goes on from the last flush, without a gap', () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a], at: ['e1', 1] });
    rows.whole.subscribe(() => {});
    grant('rows', 1);
    publish('rows', 2, b);
    publish('rows', 3, { id: 'c' });
    const shown = rows.whole.get();
    trap();
    expect(rows.whole.get()).toBe(shown);
    expect(told.lost).not.toHaveBeenCalled();
    restart();
    // What had not been shown comes again.
    expect(coreStreams.subscribe.mock.lastCall).toEqual(['rows', ['e1', 2]]);
    expect(rows.whole.get()).toBe(shown);
    grant('rows', 2);
    publish('rows', 3, { id: 'c' });
    frame();
    expect(rows.whole.get()).toEqual([a, b, { id: 'c' }]);
    expect(rows.whole.get()[0]).toBe(a);
  });

  it('one that is known in part says so, shows what it has, and takes a snapshot', async () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a, b], at: ['e1', 1] });
    const row = rows.row('a');
    row.subscribe(() => {});
    grant('rows', 1);
    publish('rows', 2, { id: 'a', price: 9 });
    trap();
    expect(told.lost).toHaveBeenCalledExactlyOnceWith('rows', ['e1', 2]);
    restart();
    expect(row.get()).toEqual({ id: 'a', price: 9 });
    rows.render({ value: [{ id: 'a', price: 9 }], at: ['e1', 2] });
    await soon();
    grant('rows', 2);
    publish('rows', 3, { id: 'a', price: 10 });
    frame();
    expect(row.get()).toEqual({ id: 'a', price: 10 });
  });
});

describe('the states of a line that is let go', () => {
  it('end, and leave nothing behind', () => {
    states()
      .of(board.rows)
      .whole.subscribe(() => {});
    states()
      .of(board.price)
      .whole.subscribe(() => {});
    grant('rows');
    publish('rows', 1, a);
    states().dispose();
    expect(core().states.size).toBe(0);
    expect(frames.size).toBe(0);
  });
});
