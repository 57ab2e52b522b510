import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import type { LineStates } from '../../../js/src/core/lineStates.js';
import { openStates } from '../../../js/src/core/liveStates.js';
import { PlainMessage } from '../../../js/src/core/plainMessage.js';
import { collection, reduce } from '../../../js/src/core/stateDefinition.js';
import { FakeCoreStates } from '../../support/fakeCoreStates.js';
import { playedFrames, type Row } from '../../support/statesFixture.js';

// Messages of a line without streams that come faster than they are shown.

const plain = defineLine('ws://host/', {
  state: {
    rows: collection<Row>({ key: '/id' }),
    count: reduce((count: number, more: readonly unknown[]) => count + more.length, 0),
  },
});
const { frame } = playedFrames();
let core: FakeCoreStates;
let states: LineStates;

beforeEach(() => {
  core = new FakeCoreStates();
  states = openStates({
    ...{ lingerMs: 0, holdOpen: () => () => {}, readStream: vi.fn() },
    ...{ lostState: vi.fn(), stateError: vi.fn(), evicted: vi.fn() },
  });
  states.started(core);
  states.keep(plain.rows);
});
afterEach(() => states.dispose());

let price = 0;
const text = (id = 'a') => JSON.stringify({ id, price: ++price });
const made = (message: string) => new PlainMessage(message, vi.fn());
/** As a line passes it on that nobody else reads; true: it was gathered. */
const receive = (message = text()): boolean => {
  if (states.gather(message, { of: made })) return true;
  states.received(made(message));
  states.settled();
  return false;
};
const crossings = () => core.calls.filter((call) => call.startsWith('takeMessages'));
const observed = () => {
  const { whole } = states.of(plain.rows);
  const changed = vi.fn();
  whole.subscribe(changed);
  changed.mockClear();
  return { changed, prices: () => whole.get().map((row) => row.price) };
};

describe('messages', () => {
  it('are gathered behind the first of a frame, and shown with the next', () => {
    const { changed, prices } = observed();
    expect([receive(), receive(), receive(), receive()]).toEqual([false, false, true, true]);
    expect(changed).toHaveBeenCalledOnce();
    frame();
    expect(crossings()).toEqual(['takeMessages 2']);
    expect(prices()).toEqual([price]);
    expect(changed).toHaveBeenCalledTimes(2);
    // The line hears of one at least between two frames.
    expect([receive(), receive()]).toEqual([false, true]);
  });

  it('are not gathered while nothing is due, nor without anybody to keep them', () => {
    expect(states.gather(text(), { of: made })).toBe(false);
    receive();
    expect(receive()).toBe(false);
    states.stopped();
    expect(states.gather(text(), { of: made })).toBe(false);
  });

  it('are not gathered in a hidden tab, where they lead to a flush themselves', () => {
    const { changed } = observed();
    vi.stubGlobal('document', { visibilityState: 'hidden' });
    for (let i = 0; i < 3; i++) expect(receive()).toBe(false);
    expect(changed).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1_000);
    expect(receive()).toBe(false);
    expect(changed.mock.calls.length).toBeGreaterThan(1);
    vi.stubGlobal('document', { visibilityState: 'visible' });
    expect([receive(), receive()]).toEqual([false, true]);
  });

  it('are not gathered when they are long, and keep their order', () => {
    const { prices } = observed();
    for (let i = 0; i < 3; i++) receive();
    expect(receive(JSON.stringify({ id: 'a', price: ++price, op: 'x'.repeat(20_000) }))).toBe(
      false,
    );
    expect(crossings()).toEqual(['takeMessages 1']);
    frame();
    expect(prices()).toEqual([price]);
  });

  it('keep their order with one that is not gathered', () => {
    const { prices } = observed();
    for (let i = 0; i < 3; i++) receive();
    states.received(made(text()));
    expect(crossings()).toEqual(['takeMessages 1']);
    frame();
    expect(prices()).toEqual([price]);
  });

  it('are in what a component reads that comes meanwhile', () => {
    states.of(plain.rows).keys.subscribe(() => {});
    for (let i = 0; i < 4; i++) receive();
    expect(receive(text('b'))).toBe(true);
    const row = states.of(plain.rows).row('b');
    row.subscribe(() => {});
    expect(row.get()?.price).toBe(price);
  });

  it('cross before they are many', () => {
    observed();
    for (let i = 0; i < 2; i++) receive();
    const long = JSON.stringify({ id: 'a', op: 'x'.repeat(10_000) });
    expect([receive(long), receive(long)]).toEqual([true, true]);
    expect(crossings()).toEqual(['takeMessages 2']);
    expect(receive(long)).toBe(true);
    expect(crossings()).toHaveLength(1);
  });

  it('reach a reducer as well, each once', () => {
    const count = states.of(plain.count).whole;
    count.subscribe(() => {});
    for (let i = 0; i < 4; i++) receive();
    expect(receive()).toBe(true);
    expect(count.get()).toBe(1);
    frame();
    expect(count.get()).toBe(5);
    frame();
    expect(count.get()).toBe(5);
  });

  it('go with the core that stops, and the next one begins without them', () => {
    const { prices } = observed();
    receive();
    const shown = price;
    for (let i = 0; i < 3; i++) receive();
    core.isStopped = true;
    states.stopped();
    core = new FakeCoreStates();
    states.started(core);
    frame();
    expect(crossings()).toEqual([]);
    expect(prices()).toEqual([shown]);
  });
});
