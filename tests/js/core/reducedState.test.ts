import { describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { PlainMessage } from '../../../js/src/core/plainMessage.js';
import { reduce } from '../../../js/src/core/stateDefinition.js';
import { board, LINGER, statesFixture } from '../../support/statesFixture.js';

const { states, told, grant, publish, frame, trap, restart, coreStreams, streams, asked } =
  statesFixture();
const sum = () => states().of(board.sum);
const reducer = vi.fn((all: readonly unknown[], more: readonly unknown[]) => [...all, ...more]);
const other = defineLine('ws://host/', {
  state: { list: reduce(reducer, [], { stream: 'list', match: { '/t': 1 }, value: '/v' }) },
});

describe('a reducer', () => {
  it('is given what came in, in order, once per flush', () => {
    const list = states().of(other.list);
    reducer.mockClear();
    list.whole.subscribe(() => {});
    expect(list.whole.get()).toEqual([]);
    grant('list');
    publish('list', 1, { t: 1, v: 1 });
    publish('list', 3, { t: 1, v: 2 }, { t: 2, v: 3 });
    publish('list', 5, { t: 1, v: 4 }, { t: 1 });
    frame();
    expect(reducer.mock.calls).toEqual([
      [[], [1]],
      [[1], [2, 4]],
    ]);
    expect(list.whole.get()).toEqual([1, 2, 4]);
  });

  it('is not asked where nothing concerns it', () => {
    const list = states().of(other.list);
    reducer.mockClear();
    list.whole.subscribe(() => {});
    grant('list');
    publish('list', 1, { t: 2 });
    expect(reducer).not.toHaveBeenCalled();
  });

  it('that throws is told of, with what was skipped, and the state stays', () => {
    const list = states().of(other.list);
    list.whole.subscribe(() => {});
    grant('list');
    publish('list', 1, { t: 1, v: 1 });
    const mine = new Error('mine');
    reducer.mockImplementationOnce(() => {
      throw mine;
    });
    publish('list', 2, { t: 1, v: 2 });
    frame();
    publish('list', 3, { t: 1, v: 3 });
    frame();
    expect(list.whole.get()).toEqual([1, 3]);
    expect(told.error).toHaveBeenCalledOnce();
    expect(told.error.mock.calls[0]?.[0]).toMatchObject({ code: 'message', cause: mine });
    expect(told.error.mock.calls[0]?.[0].message).toContain('the reducer of list threw (mine)');
  });

  it('runs on while nobody but the linger holds it, and its state goes on from there', async () => {
    const state = sum();
    state.render({ value: 10, at: ['e1', 1] });
    const leave = state.whole.subscribe(() => {});
    grant('sum', 1);
    leave();
    publish('sum', 2, 5);
    publish('sum', 3, 7);
    await vi.advanceTimersByTimeAsync(LINGER + 1);
    expect(state.whole.get()).toBe(22);
    state.whole.subscribe(() => {});
    expect(coreStreams.subscribe.mock.lastCall).toEqual(['sum', ['e1', 3]]);
  });

  it('loses nothing by a trap, and takes nothing twice', () => {
    const state = sum();
    state.whole.subscribe(() => {});
    grant('sum');
    publish('sum', 1, 1);
    publish('sum', 2, 2);
    trap();
    restart();
    expect(coreStreams.subscribe.mock.lastCall).toEqual(['sum', ['e1', 2]]);
    grant('sum', 2);
    publish('sum', 3, 4);
    frame();
    expect(state.whole.get()).toBe(7);
  });

  it('goes on from a newer snapshot after a gap', async () => {
    const state = sum();
    state.render({ value: 1, at: ['e1', 1] });
    state.whole.subscribe(() => {});
    grant('sum', 1);
    publish('sum', 2, 1);
    streams().resync(asked.get('sum') as number, ['e1', 9]);
    state.render({ value: 50, at: ['e1', 9] });
    expect(state.whole.get()).toBe(50);
    await vi.advanceTimersByTimeAsync(0);
    grant('sum', 9);
    publish('sum', 10, 3);
    frame();
    expect(state.whole.get()).toBe(53);
  });
});

describe('without a stream a reducer', () => {
  const plain = defineLine('ws://host/', {
    state: { all: reduce(reducer, [], { match: { '/t': 1 }, value: '/v' }) },
  });

  it('runs while the line is held, readers or not', () => {
    states().keep(plain.all);
    const refused = vi.fn();
    for (const data of ['{"t":1,"v":7}', 'no JSON', '{"t":2,"v":8}']) {
      states().received(new PlainMessage(data, refused));
      states().settled();
    }
    frame();
    expect(states().of(plain.all).whole.get()).toEqual([7]);
    expect(refused).toHaveBeenCalledOnce();
  });
});
