import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { KnownStates } from '../../../js/src/core/knownStates.js';
import type { StateRef } from '../../../js/src/core/stateRef.js';
import { until } from '../../support/until.js';

const ref = (name: string, stream: string | null = null) => ({ name, stream }) as StateRef;
const state = (name: string, stream?: string) => ({ ref: ref(name, stream) });

it('a state is found by its name and stream', () => {
  const states = new KnownStates();
  const [lobby, hall, plain] = [state('chat', 'lobby'), state('chat', 'hall'), state('chat')];
  for (const each of [lobby, hall, plain]) states.add(each);
  expect(states.find(ref('chat', 'hall'))).toBe(hall);
  expect(states.find(ref('chat', 'lobby'))).toBe(lobby);
  expect(states.find(ref('chat'))).toBe(plain);
  expect(states.find(ref('board'))).toBeUndefined();
});

it('another one of the same kind does not take its place, nor takes it away', () => {
  const states = new KnownStates();
  const [first, second] = [state('chat'), state('chat')];
  states.add(first);
  states.add(second);
  states.remove(second);
  expect(states.find(ref('chat'))).toBe(first);
  states.remove(first);
  expect(states.find(ref('chat'))).toBeUndefined();
  states.add(second);
  expect(states.find(ref('chat'))).toBe(second);
});

it('one that nobody holds leaves nothing behind', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const heldBytes = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const states = new KnownStates();
  const before = heldBytes();
  // Together 20 MB of names; a text that is repeated would be kept once.
  for (let i = 0; i < 20_000; i += 1) states.add(state(String(i).padEnd(1_000, `${i}`)));
  await until(() => heldBytes() - before < 2e6, 'they are forgotten');
  expect(states.find(ref('0'.padEnd(1_000, '0')))).toBeUndefined();
});
