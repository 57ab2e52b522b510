import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import { CORE_PROBLEMS, type CoreStateSpec } from '../../../js/src/core/coreStates.js';
import { OPTION_TABLE } from '../../../js/src/core/options.js';
import { WasmStates } from '../../../js/src/core/wasmStates.js';
import { coreCode } from '../../support/coreModule.js';

// The states of a line in the real core.

const board: CoreStateSpec = {
  kind: 'collection',
  hasStream: false,
  key: '/id',
  remove: { '/op': 'delete' },
  maxRows: 100,
  maxBytes: 100_000,
};
const price: CoreStateSpec = {
  kind: 'latest',
  hasStream: false,
  match: { '/type': 'price' },
  value: '/data',
  maxBytes: 1_000,
};

/** As a line gathers them. */
const joined = (texts: readonly string[]) => ({
  text: texts.join(''),
  units: Uint32Array.from(texts, ({ length }) => length),
});

let states: WasmStates;
let isOpen: boolean;

beforeEach(async () => {
  const abi = await Abi.start(await coreCode(), {
    openline: () => undefined,
    openlineNow: () => performance.now(),
    onAbort: vi.fn(),
  });
  const line = abi.lineCreate(
    OPTION_TABLE.map(({ standard }) => standard),
    '',
    1,
  );
  isOpen = true;
  states = new WasmStates({ enter: (use) => (isOpen ? use(abi, line) : undefined) });
});

describe('rows', () => {
  it('that are observed cross with the next delta, once', () => {
    const state = states.add(board);
    states.observe(state, 1);
    expect(states.takeMessage('{"id":"a","text":"\\ud83d\\ude00 €"}')).toBe(true);
    const row = { id: 'a', text: '😀 €' };
    expect(states.takeDelta()).toEqual([[[state, 0, [], [1], [row], [], [], []]], [], 0]);
    expect(states.takeDelta()).toBeUndefined();
  });

  it('that nobody observes do not', () => {
    const state = states.add(board);
    expect(states.takeMessage('{"id":"a"}')).toBe(false);
    expect(states.takeDelta()).toBeUndefined();
    expect(states.readRow(state, 'a')).toEqual({ id: 'a' });
    expect(states.readRow(state, 'b')).toBeUndefined();
  });

  it('come from texts that cross together as from one after the other', () => {
    const state = states.add(board);
    states.observe(state, 1);
    const rows = [{ id: 'a', text: 'é' }, { id: '😀' }, { id: 'a', text: '€', more: [] }];
    const texts = rows.map((row) => JSON.stringify(row));
    expect(states.takeMessages(joined(texts))).toBe(true);
    const delta = states.takeDelta();
    expect(delta).toEqual([[[state, 0, [], [1, 2], [rows[2], rows[1]], [], [], []]], [], 0]);
  });

  it('do not suffer from a text between them that is none', () => {
    const state = states.add(board);
    states.observe(state, 1);
    const texts = ['{"id":"a"', ',"n":1}', '', '{"id":"b"}'];
    expect(states.takeMessages(joined(texts))).toBe(true);
    const delta = states.takeDelta();
    expect(delta?.[0]).toEqual([[state, 0, [], [1], [{ id: 'b' }], [], [], []]]);
    expect(delta?.[1].map(([, problem, at]) => [CORE_PROBLEMS[problem], at])).toEqual([
      ['syntax', 9],
      ['syntax', 0],
      ['syntax', 0],
    ]);
  });

  it('come from bytes as from text', () => {
    const state = states.add(board);
    states.observe(state, 2);
    const { buffer } = new TextEncoder().encode('[{"id":"a"},{"id":7}]');
    expect(states.takeMessage(buffer)).toBe(true);
    expect(states.takeDelta()).toEqual([[[state, 0, [], [], [], [1, 2], ['a', '7'], []]], [], 0]);
  });

  it('are seeded under ids, and told no more', () => {
    const state = states.add(board);
    states.observe(state, 1);
    expect(states.seed(state, '[{"id":"a"},{"id":"b"}]')).toEqual([1, 2]);
    states.takeMessage('{"id":"a","op":"delete"}');
    expect(states.takeDelta()).toEqual([[[state, 0, [1], [], [], [], [], []]], [], 0]);
    expect(states.read(state)).toEqual([state, 0, [], [2], [{ id: 'b' }], [2], ['b'], []]);
  });

  it('that are watched are told of by their watch', () => {
    const state = states.add(board);
    const watch = states.watch(state, 'b');
    states.takeMessage('[{"id":"a"},{"id":"b","n":1}]');
    const told = [state, 0, [], [2], [{ id: 'b', n: 1 }], [], [], [watch, 2]];
    expect(states.takeDelta()).toEqual([[told], [], 0]);
    states.unwatch(state, watch);
    expect(states.takeMessage('{"id":"b","n":2}')).toBe(false);
  });
});

describe('a value', () => {
  it('is what of a message that matches lies at its place', () => {
    const state = states.add(price);
    states.observe(state, 1);
    expect(states.takeMessage('{"type":"other","data":1}')).toBe(false);
    expect(states.takeMessage('{"type":"price","data":[1e400,-0]}')).toBe(true);
    expect(states.takeDelta()).toEqual([[[state, [Number.POSITIVE_INFINITY, -0]]], [], 0]);
    expect(states.seed(state, '{"a":1}')).toEqual([]);
    expect(states.read(state)).toEqual([state, { a: 1 }]);
  });

  it('may be told not to be there', () => {
    const state = states.add(price);
    expect(states.read(state)).toEqual([state]);
  });
});

describe('a message that cannot be taken', () => {
  it('is told with the state, the problem and the place', () => {
    const state = states.add(board);
    expect(states.takeMessage('{"id":}')).toBe(true);
    expect(states.takeDelta()).toEqual([[], [[state, 0, 6, 0]], 0]);
  });
});

describe('a core that has stopped', () => {
  it('has no states and takes none', () => {
    const state = states.add(board);
    isOpen = false;
    expect(states.add(board)).toBe(0);
    expect(states.watch(state, 'a')).toBe(0);
    expect(states.takeRun(state, 1, 0)).toBe(false);
    expect(states.takeMessage('{}')).toBe(false);
    expect(states.seed(state, '[]')).toBeUndefined();
    expect(states.read(state)).toBeUndefined();
    expect(states.readRow(state, 'a')).toBeUndefined();
    expect(states.takeDelta()).toBeUndefined();
    states.observe(state, 1);
    states.unwatch(state, 1);
    states.remove(state);
  });
});
