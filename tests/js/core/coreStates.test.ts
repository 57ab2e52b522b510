import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CORE_PROBLEMS, OBSERVE_KEYS, OBSERVE_VALUES } from '../../../js/src/core/coreStates.js';

const source = (path: string) =>
  readFileSync(new URL(`../../../wasm/openline/state/${path}`, import.meta.url), 'utf8');

it('problems stand in the order in which the core numbers them', () => {
  const [, body = ''] = /enum class StateProblem[^{]*\{([^}]*)\}/.exec(source('problem.hpp')) ?? [];
  const names = body.split(',').map((name) => name.trim().replaceAll('_', '-'));
  expect(names.filter((name) => name !== '')).toEqual([...CORE_PROBLEMS]);
});

it('the bits of what is observed are those of the core', () => {
  expect(source('observed.hpp')).toContain(`observe_values = ${OBSERVE_VALUES}`);
  expect(source('observed.hpp')).toContain(`observe_keys = ${OBSERVE_KEYS}`);
});
