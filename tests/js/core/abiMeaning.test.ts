import { describe, expect, it, vi } from 'vitest';
import type { AbiRecord } from '../../../js/src/core/abi.js';
import { fateOf, meaningOf } from '../../../js/src/core/abiMeaning.js';
import { HandleTable } from '../../../js/src/core/handleTable.js';
import { lineNow } from '../../../js/src/core/host.js';

// That the orders are those of the C++ enums is shown by wasmCore.test.ts, which drives a line
// through them all.

const blank: AbiRecord = { kind: 0, a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, text: '', number: 0 };
const meaning = (record: Partial<AbiRecord>, values = new HandleTable()) =>
  meaningOf({ ...blank, ...record }, { values, takeUnconfirmed: () => 3, isRecovered: false });

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
  it.each([
    ['idle', 0],
    ['connecting', 1],
    ['connecting', 2],
    ['connecting', 3],
    ['open', 4],
    ['waiting', 5],
    ['waiting', 6],
    ['closing', 7],
    ['closed', 8],
    ['failed', 9],
  ])('reads the status %s out of phase %d', (status, a) => {
    expect(meaning({ kind: 1, a, number: -1 })).toMatchObject({ kind: 'status', status });
  });

  it('reads a status, whose instant of -1 means none', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.setSystemTime(1_700_000_000_000);
    const waiting = meaning({ kind: 1, a: 5, c: 3, number: lineNow() + 12.5 });
    const retryAt = 1_700_000_000_013;
    expect(waiting).toMatchObject({ status: 'waiting', reason: null, attempt: 3, retryAt });
    const failed = meaning({ kind: 1, a: 9, b: 2, number: -1 });
    expect(failed).toMatchObject({ status: 'failed', reason: 'rejected', retryAt: null });
    vi.useRealTimers();
  });

  it('takes the value of a message and of a drop out of the table', () => {
    const values = new HandleTable();
    const event = new MessageEvent('message', { data: 'x' });
    expect(meaning({ kind: 4, a: values.keep(event) }, values)).toEqual({ kind: 'message', event });
    const dropped = meaning({ kind: 7, a: values.keep('y'), b: 1 }, values);
    expect(dropped).toEqual({ kind: 'drop', value: 'y', cause: 'closed' });
    const causes = [1, 2, 3, 4].map((b) => meaning({ kind: 7, a: values.keep('z'), b }, values));
    expect(causes).toMatchObject(
      ['closed', 'unsendable', 'expired', 'overflow'].map((cause) => ({ cause })),
    );
    // What came in too late is nobody's.
    expect(meaning({ kind: 7, a: values.keep('late'), b: 0 }, values)).toEqual({ kind: 'none' });
    expect(values.size).toBe(0);
  });

  it('reads the rest', () => {
    expect(meaning({ kind: 2, a: 9 })).toEqual({ kind: 'url', socket: 9 });
    expect(meaning({ kind: 3 })).toEqual({ kind: 'open' });
    expect(meaning({ kind: 5 })).toEqual({ kind: 'error' });
    const close = meaning({ kind: 6, a: 4000, b: 1, text: 'bye' });
    expect(close).toEqual({ kind: 'close', code: 4000, wasClean: true, reason: 'bye' });
    expect(meaning({ kind: 8, a: 1 })).toEqual({ kind: 'none' });
    expect(meaning({ kind: 9, a: 4 })).toEqual({ kind: 'credentials', socket: 4 });
    expect(meaning({ kind: 10, a: 4 })).toEqual({ kind: 'ping', socket: 4 });
    const outage = { downMs: 250, unconfirmed: 3, recovered: false };
    expect(meaning({ kind: 11, number: 250 })).toEqual({ kind: 'outage', outage });
  });

  it('refuses a kind that it does not know', () => {
    expect(() => meaning({ kind: 12 })).toThrow('record of kind 12');
  });
});
