import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchFrame, frameBytesMax, framesOf, SharedRun } from '../../../js/src/server/batch.js';
import type { Entry } from '../../../js/src/server/broker.js';

const encoder = new TextEncoder();
const entriesOf = (texts: readonly string[], first = 1): Entry[] =>
  texts.map((text, at) => ({ offset: first + at, key: null, payload: encoder.encode(text) }));

function runOf(texts: readonly string[], first = 1, index = 3): SharedRun {
  const last = first + texts.length - 1;
  return new SharedRun({ stream: 'board', index, first, last, entries: entriesOf(texts, first) });
}

/** Reads a frame as PROTOCOL.md has it, by BigInt and one byte after the other. */
function decode(frame: Uint8Array) {
  let at = 0;
  const number = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = frame[at++] as number;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  expect(frame[at++]).toBe(11);
  const runs = [];
  while (at < frame.length) {
    const [index, first, last, count] = [number(), number(), number(), number()];
    const lengths = Array.from({ length: count as number }, number);
    const size = lengths.reduce((sum, length) => sum + length + 1, -1);
    const text = new TextDecoder().decode(frame.subarray(at, at + Math.max(size, 0)));
    at += Math.max(size, 0);
    runs.push({ index, first, last, lengths, values: JSON.parse(`[${text}]`) as unknown[] });
  }
  return runs;
}

describe('SharedRun', () => {
  it('is laid out as the protocol has it', () => {
    const run = runOf(['{"a":1}', '{"a":2}'], 121);
    const example = '0b 03 79 7a 02 07 07 7b 22 61 22 3a 31 7d 2c 7b 22 61 22 3a 32 7d';
    expect(Buffer.from(run.frame).toString('hex')).toBe(example.replaceAll(' ', ''));
    expect(run.bytes).toEqual(run.frame.subarray(1));
  });

  it('is laid out once', () => {
    const run = runOf(['1']);
    expect(run.frame).toBe(run.frame);
    expect(run.bytes.buffer).toBe(run.frame.buffer);
  });

  it('carries every number and every text through', () => {
    const number = fc.oneof(fc.nat(300), fc.maxSafeNat());
    const texts = fc.array(fc.json(), { maxLength: 6 });
    fc.assert(
      fc.property(number, number, fc.nat(9), texts, (index, last, more, given) => {
        const first = Math.max(1, last - given.length - more);
        const entries = entriesOf(given);
        const run = new SharedRun({ stream: 'board', index, first, last, entries });
        const lengths = entries.map(({ payload }) => payload.length);
        const values = given.map((text) => JSON.parse(text));
        expect(decode(run.frame)).toEqual([{ index, first, last, lengths, values }]);
      }),
    );
  });

  it('costs at most 16 bytes a publication of up to 127 bytes, also when it comes alone', () => {
    const payload = `"${'x'.repeat(98)}"`;
    const alone = runOf([payload], 2 ** 34, 1_000).frame.length - payload.length;
    expect(alone).toBeLessThanOrEqual(16);
    const many = runOf(Array(300).fill(payload), 2 ** 40).frame.length;
    expect(many / 300 - payload.length).toBeLessThanOrEqual(2.1);
  });

  it('can be cut and can have another index', () => {
    const cut = runOf(['1', '2', '3'], 7).from(8, 9);
    expect(decode(cut.frame)).toMatchObject([{ index: 9, first: 8, last: 9, values: [2, 3] }]);
    expect(decode(runOf(['1'], 7).from(7, 9).frame)).toMatchObject([{ index: 9, first: 7 }]);
  });
});

describe('batchFrame', () => {
  it('puts several runs into one frame', () => {
    const frame = batchFrame([runOf(['1', '2'], 1, 3), runOf(['"x"'], 40, 4)]);
    expect(decode(frame)).toMatchObject([
      { index: 3, first: 1, last: 2, values: [1, 2] },
      { index: 4, first: 40, last: 40, values: ['x'] },
    ]);
  });

  it('takes the frame that one run has already', () => {
    const run = runOf(['1']);
    expect(batchFrame([run])).toBe(run.frame);
  });
});

describe('framesOf', () => {
  const given = { stream: 'board', index: 3 };

  it('parts a run at 32 KiB, and leaves out nothing', () => {
    const entries = entriesOf(Array(50).fill(`"${'x'.repeat(5_000)}"`), 11);
    const runs = [...framesOf({ ...given, first: 11, last: 60, entries })];
    expect(runs.length).toBe(9);
    for (const run of runs) expect(run.frame.length).toBeLessThanOrEqual(frameBytesMax);
    expect(runs.flatMap((run) => run.entries)).toEqual(entries);
    let next = 11;
    for (const { first, last } of runs) {
      expect(first).toBe(next);
      next = last + 1;
    }
    expect(next).toBe(61);
  });

  it('gives what is larger than a frame a frame of its own', () => {
    const large = `"${'x'.repeat(frameBytesMax)}"`;
    const entries = entriesOf(['1', large, '2']);
    const runs = [...framesOf({ ...given, first: 1, last: 3, entries })];
    expect(runs.map(({ first, last }) => [first, last])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('covers offsets whose entries were superseded, up to the end', () => {
    const entries = entriesOf(['1'], 5);
    const runs = [...framesOf({ ...given, first: 2, last: 9, entries })];
    expect(runs.map(({ first, last }) => [first, last])).toEqual([[2, 9]]);
    expect([...framesOf({ ...given, first: 2, last: 3, entries: [] })]).toHaveLength(1);
  });

  it('gives nothing when there is nothing', () => {
    expect([...framesOf({ ...given, first: 4, last: 3, entries: [] })]).toEqual([]);
  });
});
