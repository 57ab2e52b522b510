import { describe, expect, test } from 'vitest';
import { UnheardAnswers } from '../../../js/src/server/unheardAnswers.js';

const at = 1_000;

describe('answers that may not have been heard', () => {
  test('are kept in their order until the client has heard of them', () => {
    const answers = new UnheardAnswers(100);
    expect(answers.first).toBeNull();
    for (const seq of [2, 5, 9]) answers.add({ seq, frame: `[10,${seq},0]`, at });
    expect(answers.first).toBe(2);
    answers.heard(5);
    expect(answers.frames).toEqual(['[10,9,0]']);
    answers.heard(9);
    expect(answers.size).toBe(0);
  });

  test('are let go when they are older than the time for which they are kept', () => {
    const answers = new UnheardAnswers(100);
    answers.add({ seq: 1, frame: 'a', at });
    answers.add({ seq: 2, frame: 'b', at: at + 100 });
    expect(answers.size).toBe(2);
    answers.add({ seq: 3, frame: 'c', at: at + 101 });
    expect(answers.frames).toEqual(['b', 'c']);
  });

  test('are 256 at most', () => {
    const answers = new UnheardAnswers(100);
    for (let seq = 1; seq <= 300; seq += 1) answers.add({ seq, frame: 'a', at });
    expect(answers.size).toBe(256);
    expect(answers.first).toBe(45);
  });

  test('have 256 Ki characters at most, whatever one of them has', () => {
    const answers = new UnheardAnswers(100);
    const frame = 'x'.repeat(100_000);
    for (const seq of [1, 2, 3]) answers.add({ seq, frame, at });
    expect(answers.size).toBe(2);
    answers.add({ seq: 4, frame: 'x'.repeat(300_000), at });
    expect(answers.size).toBe(0);
    answers.add({ seq: 5, frame, at });
    expect(answers.first).toBe(5);
  });
});
