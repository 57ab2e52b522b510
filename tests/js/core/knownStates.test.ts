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
  const states = new KnownStates();
  states.add(state('chat'));
  await until(() => {
    collect();
    return states.size === 0;
  }, 'it is forgotten');
});
