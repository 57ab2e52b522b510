import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Abi } from '../../../js/src/core/abi.js';
import { CORE_PROBLEMS, type CoreStateSpec } from '../../../js/src/core/coreStates.js';
import { OPTION_TABLE } from '../../../js/src/core/options.js';
import { WasmStates } from '../../../js/src/core/wasmStates.js';
import { coreCode } from '../../support/coreModule.js';

// Documents in the real core that has them.

const merged: CoreStateSpec = {
  kind: 'document',
  hasStream: false,
  patch: 'merge-patch',
  maxBytes: 1_000_000,
};
const patched: CoreStateSpec = { ...merged, patch: 'json-patch' };

async function start(name?: 'core-documents.wasm'): Promise<WasmStates> {
  const abi = await Abi.start(await coreCode(name), {
    openline: () => undefined,
    openlineNow: () => performance.now(),
    onAbort: vi.fn(),
  });
  const line = abi.lineCreate(
    OPTION_TABLE.map(({ standard }) => standard),
    '',
    1,
  );
  return new WasmStates({ enter: (use) => use(abi, line) });
}

let states: WasmStates;
beforeEach(async () => {
  states = await start('core-documents.wasm');
});

function observed(spec: CoreStateSpec, seed?: string): number {
  const state = states.add(spec);
  states.observe(state, 1);
  if (seed !== undefined) states.seed(state, seed);
  return state;
}
/** The problem of the one message that was no good; `undefined` when it was taken. */
function problemOf(message: string): string | undefined {
  states.takeMessage(message);
  const fault = states.takeDelta()?.[1][0];
  return fault && CORE_PROBLEMS[fault[1]];
}

describe('documents', () => {
  it('are not in the smaller core', async () => {
    expect((await start()).add(merged)).toBe(0);
  });

  it('are merged with what comes in, and cross whole', () => {
    const state = observed(merged, '{"a":1,"b":{"c":2}}');
    states.takeMessage('{"b":{"c":null,"d":[-0,1e400]},"e":"\\ud800"}');
    states.takeMessage('{"a":2}');
    const value = { a: 2, b: { d: [-0, Infinity] }, e: '\ud800' };
    expect(states.takeDelta()).toEqual([[[state, value]], [], 0]);
    expect(states.takeDelta()).toBeUndefined();
  });

  it('are patched as a whole or not at all', () => {
    const state = observed(patched, '{"a":[1,2]}');
    const bad =
      '[{"op":"remove","path":"/a/0"}, {"op":"test","path":"/a/0","value":1},{"op":"add"}]';
    states.takeMessage(bad);
    const problem = CORE_PROBLEMS.indexOf('patch');
    const at = bad.indexOf('{"op":"test"');
    expect(states.takeDelta()).toEqual([[], [[state, problem, at, 0]], 0]);
    expect(problemOf('[{"op":"move","from":"/a/0","path":"/b"}]')).toBeUndefined();
    expect(states.read(state)).toEqual([state, { a: [2], b: 1 }]);
  });

  it('that are observed by nobody cross only when they are read', () => {
    const state = states.add(merged);
    expect(states.takeMessage('{"a":1}')).toBe(false);
    expect(states.takeDelta()).toBeUndefined();
    expect(states.read(state)).toEqual([state, { a: 1 }]);
  });
});

describe('what is made to harm', () => {
  it.each([100, 1_000, 10_000, 100_000, 1_000_000])('%i levels are refused', (depth) => {
    const state = observed(merged, '{}');
    const bomb = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect(problemOf(bomb)).toBe('depth');
    expect(problemOf(`${'['.repeat(depth)}`)).toBe('depth');
    expect(problemOf('{"x":1}')).toBeUndefined();
    expect(states.read(state)).toEqual([state, { x: 1 }]);
  });

  const names = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'];
  const values = ['1', '{"polluted":1}', '{"prototype":{"polluted":1}}', '{"__proto__":{"p":1}}'];
  const payloads = names.flatMap((name) => values.map((value) => `{"${name}":${value}}`));

  it.each(payloads)('%s is data', (payload) => {
    const before = Reflect.ownKeys(Object.prototype);
    const state = observed(merged);
    states.takeMessage(payload);
    const [, value] = states.read(state) as readonly [number, object];
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(payload)));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  });

  it.each([
    ...names.flatMap((name) => [`/${name}`, `/${name}/polluted`, `/a/${name}`]),
    ...names.flatMap((name) => [`/a/${name}/prototype/polluted`, `/b/0/${name}`, `/b/${name}`]),
  ])('%s is no place to patch', (path) => {
    const text = '{"a":{"__proto__":{},"constructor":{"prototype":{}}},"b":[{}]}';
    const state = observed(patched, text);
    expect(problemOf(`[{"op":"add","path":"${path}","value":{"polluted":1}}]`)).toBe('patch');
    expect(JSON.stringify(states.read(state)?.[1])).toBe(text);
  });

  it('a copy of copies stops at the limit, and the core goes on', () => {
    const text = '{"a":["0123456789"]}';
    const state = observed(patched, text);
    const step = '{"op":"copy","from":"/a","path":"/a/-"}';
    expect(problemOf(`[${Array(60).fill(step).join(',')}]`)).toBe('too-large');
    expect(problemOf('[{"op":"remove","path":"/a/0"}]')).toBeUndefined();
    expect(states.read(state)).toEqual([state, { a: [] }]);
  });
});
