import { describe, expect, it, vi } from 'vitest';
import { board, LINGER, type Row, statesFixture } from '../../support/statesFixture.js';

const { core, states, held, told, coreStreams, grant, publish, frame, frames } = statesFixture();

const a: Row = { id: 'a', price: 1 };
const b: Row = { id: 'b', price: 2 };

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

describe('a state that nobody has read for a while', () => {
  const readFor = async (ms: number) => {
    const rows = states().of(board.rows);
    const leave = rows.whole.subscribe(() => {});
    grant('rows');
    publish('rows', 1, a);
    leave();
    await vi.advanceTimersByTimeAsync(ms);
    return rows;
  };

  it('is dropped after lingerMs, and whoever comes begins anew', async () => {
    const rows = await readFor(LINGER + 1);
    expect(states().of(board.rows)).not.toBe(rows);
    expect(states().of(board.rows).whole.get()).toEqual([]);
  });

  it('is still there before', async () => {
    const rows = await readFor(LINGER - 1);
    expect(states().of(board.rows)).toBe(rows);
  });

  it('goes on where a component was only hidden, and others join it', async () => {
    const rows = await readFor(LINGER + 1);
    rows.whole.subscribe(() => {});
    expect(states().of(board.rows)).toBe(rows);
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

  it('tells of errors and evictions when every state is up to date', () => {
    const rows = states().of(board.rows);
    const price = states().of(board.price);
    const shown: unknown[] = [];
    told.evicted.mockImplementationOnce(() => shown.push(price.whole.get()));
    for (const { whole } of [rows, price]) whole.subscribe(() => {});
    for (const stream of ['rows', 'price']) grant(stream);
    publish('price', 1, { at: { v: 0 } });
    publish('rows', 7, ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ id })));
    publish('price', 2, { at: { v: 1 } });
    frame();
    expect(shown).toEqual([{ at: { v: 1 } }]);
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
