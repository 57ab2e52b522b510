import { expect, it, vi } from 'vitest';
import type { AbiMemory } from '../../../js/src/core/abiMemory.js';
import { AbiStates } from '../../../js/src/core/abiStates.js';
import type { JoinedTexts } from '../../../js/src/core/gathered.js';
import type { Glue } from '../../../js/src/core/glue.js';

// What the core makes of it is shown by wasmStates.test.ts.

function statesOn(glue: Record<string, (...of: number[]) => number>) {
  const memory = {
    fillFrame: vi.fn((text: string) => text.length),
    fillTexts: vi.fn(({ text }: JoinedTexts) => text.length),
    textAt: vi.fn(() => '[1]'),
  };
  const states = new AbiStates(glue as unknown as Glue, memory as unknown as AbiMemory);
  return { states, memory };
}

it('an answer is read where the core says it lies', () => {
  const glue = { _ol_line_take_delta: vi.fn(() => 3), _ol_line_answer: vi.fn(() => 640) };
  const { states, memory } = statesOn(glue);
  expect(states.takeDelta(7)).toBe('[1]');
  expect(memory.textAt).toHaveBeenCalledExactlyOnceWith(640, 3);
  expect(glue._ol_line_answer).toHaveBeenCalledExactlyOnceWith(7);
});

it('no answer is asked for where there is none', () => {
  const glue = { _ol_line_state_read_row: vi.fn(() => 0), _ol_line_answer: vi.fn(() => 640) };
  const { states } = statesOn(glue);
  expect(states.readRow(7, 1, 'key')).toBe('');
  expect(glue._ol_line_state_read_row).toHaveBeenCalledExactlyOnceWith(7, 1, 3);
  expect(glue._ol_line_answer).not.toHaveBeenCalled();
});

it('texts are taken together', () => {
  const glue = { _ol_line_state_take_each: vi.fn(() => 1) };
  const { states, memory } = statesOn(glue);
  const texts = { text: '[1]{}', units: Uint32Array.of(3, 2) };
  expect(states.takeEach(7, texts)).toBe(true);
  expect(memory.fillTexts).toHaveBeenCalledExactlyOnceWith(texts);
  expect(glue._ol_line_state_take_each).toHaveBeenCalledExactlyOnceWith(7, 2, 5);
});

it('text goes through the frame buffer', () => {
  const glue = { _ol_line_state_add: vi.fn(() => 4), _ol_line_state_take_all: vi.fn(() => 1) };
  const { states, memory } = statesOn(glue);
  expect(states.add(7, '{}')).toBe(4);
  expect(states.takeAll(7, '[1,2]')).toBe(true);
  expect(memory.fillFrame.mock.calls).toEqual([['{}'], ['[1,2]']]);
  expect(glue._ol_line_state_take_all).toHaveBeenCalledExactlyOnceWith(7, 5);
});
