import { expect, it } from 'vitest';
import { endUnheard } from '../../../js/src/core/resilientEnd.js';
import type { ResilientState } from '../../../js/src/core/resilientState.js';

it.each([null, new Error('why')])('tells of error and close, in this order: %s', (error) => {
  const told: unknown[] = [];
  const state = { readyState: 0, tell: (event: Event) => told.push(event, state.readyState) };
  endUnheard(state as unknown as ResilientState, error);
  expect(told).toMatchObject([
    error === null ? { type: 'error' } : { type: 'error', error, message: 'why' },
    3,
    { type: 'close', code: 1006, wasClean: false, reason: '' },
    3,
  ]);
});
