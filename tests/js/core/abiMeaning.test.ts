import { describe, expect, it } from 'vitest';
import type { AbiRecord } from '../../../js/src/core/abi.js';
import { fateOf, meaningOf } from '../../../js/src/core/abiMeaning.js';
import { HandleTable } from '../../../js/src/core/handleTable.js';

// That the orders are those of the C++ enums is shown by wasmCore.test.ts, which drives a line
// through them all.

const blank: AbiRecord = { kind: 0, a: 0, b: 0, c: 0, text: '', number: 0 };
const meaning = (record: Partial<AbiRecord>, values = new HandleTable()) =>
  meaningOf({ ...blank, ...record }, values);

describe('fateOf', () => {
  it('has a word for every result of sending', () => {
    const words = Array.from({ length: 9 }, (_, result) => fateOf(result));
    expect(words).toEqual([
      'sent',
      'queued',
      'measure',
      'too-large',
      'queue-messages',
      'queue-bytes',
      'closed',
      'failed',
      'unsendable',
    ]);
  });
});

describe('meaningOf', () => {
  it('reads a status, whose instant of -1 means none', () => {
    const waiting = meaning({ kind: 1, a: 4, c: 3, number: 12.5 });
    expect(waiting).toMatchObject({ status: 'waiting', reason: null, attempt: 3, retryAt: 12.5 });
    const failed = meaning({ kind: 1, a: 7, b: 2, number: -1 });
    expect(failed).toMatchObject({ status: 'failed', reason: 'rejected', retryAt: null });
  });

  it('takes the value of a message and of a drop out of the table', () => {
    const values = new HandleTable();
    const event = new MessageEvent('message', { data: 'x' });
    expect(meaning({ kind: 4, a: values.keep(event) }, values)).toEqual({ kind: 'message', event });
    const dropped = meaning({ kind: 7, a: values.keep('y'), b: 1 }, values);
    expect(dropped).toEqual({ kind: 'drop', value: 'y', cause: 'closed' });
    expect(values.size).toBe(0);
  });

  it('reads the rest', () => {
    expect(meaning({ kind: 2, a: 9 })).toEqual({ kind: 'url', socket: 9 });
    expect(meaning({ kind: 3 })).toEqual({ kind: 'open' });
    expect(meaning({ kind: 5 })).toEqual({ kind: 'error' });
    const close = meaning({ kind: 6, a: 4000, b: 1, text: 'bye' });
    expect(close).toEqual({ kind: 'close', code: 4000, wasClean: true, reason: 'bye' });
    expect(meaning({ kind: 8, a: 1 })).toEqual({ kind: 'flush' });
  });

  it('refuses a kind that it does not know', () => {
    expect(() => meaning({ kind: 9 })).toThrow('record of kind 9');
  });
});
