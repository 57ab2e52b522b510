import { describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { PlainMessage } from '../../../js/src/core/plainMessage.js';
import { latest } from '../../../js/src/core/stateDefinition.js';
import { board, LINGER, type Row, statesFixture } from '../../support/statesFixture.js';

const { core, states, held, told, coreStreams, grant, publish, frame, trap, restart } =
  statesFixture();

const a: Row = { id: 'a', price: 1 };
const b: Row = { id: 'b', price: 2 };
const soon = () => vi.advanceTimersByTimeAsync(0);

describe('a state without a stream', () => {
  const plain = defineLine('ws://host/', { state: { price: latest<number>({ value: '/v' }) } });
  const receive = (data: string) => {
    states().received(new PlainMessage(data, () => {}));
    states().settled();
  };

  it('takes what comes in while the line is held, readers or not', async () => {
    states().keep(plain.price);
    receive('{"v":1}');
    const price = states().of(plain.price);
    expect(price.whole.get()).toBe(1);
    const leave = price.whole.subscribe(() => {});
    receive('{"v":2}');
    leave();
    await vi.advanceTimersByTimeAsync(LINGER + 1);
    receive('{"v":3}');
    frame();
    expect(price.whole.get()).toBe(3);
  });

  it('that somebody renders late shows what came in before', () => {
    states().keep(plain.price);
    // The first flush comes at once, and the others with a frame.
    for (const v of [1, 2, 3]) receive(JSON.stringify({ v }));
    const price = states().of(plain.price);
    price.render(9);
    expect(price.whole.get()).toBe(3);
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

  it('goes back to its snapshot where only rows were read, and misses nothing', async () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a], at: ['e1', 1] });
    const row = rows.row('b');
    const leave = row.subscribe(() => {});
    grant('rows', 1);
    publish('rows', 2, { id: 'a', price: 9 });
    leave();
    await vi.advanceTimersByTimeAsync(LINGER + 1);
    expect(rows.whole.get()).toEqual([a]);
    // Shown again without being rendered again, as by React's Activity.
    row.subscribe(() => {});
    expect(coreStreams.subscribe.mock.lastCall).toEqual(['rows', ['e1', 1]]);
    grant('rows', 1);
    publish('rows', 3, { id: 'a', price: 9 }, b);
    frame();
    expect(row.get()).toEqual(b);
  });

  it('begins anew where only rows were read and nobody gave a snapshot', async () => {
    const rows = states().of(board.rows);
    rows.keys.subscribe(() => {});
    const leave = rows.keys.subscribe(() => {});
    grant('rows');
    publish('rows', 1, a);
    frame();
    expect(rows.row('a').get()).toEqual(a);
    states().dispose();
    leave();
    expect([rows.row('a').get(), rows.whole.get()]).toEqual([undefined, []]);
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

  it('one that was read since the last flush goes on from there, and takes nothing twice', () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a], at: ['e1', 1] });
    rows.row('a').subscribe(() => {});
    grant('rows', 1);
    publish('rows', 2, { id: 'a', price: 2 });
    publish('rows', 4, { id: 'a', op: 'delete' }, b);
    publish('rows', 5, a);
    rows.whole.subscribe(() => {});
    expect(rows.whole.get()).toEqual([b, a]);
    trap();
    restart();
    expect(coreStreams.subscribe.mock.lastCall).toEqual(['rows', ['e1', 5]]);
    grant('rows', 5);
    frame();
    expect(rows.whole.get()).toEqual([b, a]);
  });

  it('a row that goes before the next core has told of it is gone', () => {
    const rows = states().of(board.rows);
    rows.render({ value: [a, b], at: ['e1', 1] });
    rows.whole.subscribe(() => {});
    const row = rows.row('a');
    row.subscribe(() => {});
    grant('rows', 1);
    frame();
    trap();
    restart();
    expect(row.get()).toEqual(a);
    grant('rows', 1);
    publish('rows', 2, { id: 'a', op: 'delete' });
    frame();
    expect([row.get(), rows.whole.get()]).toEqual([undefined, [b]]);
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
