import { describe, expect, it } from 'vitest';
import { ClientLedger } from '../../../js/src/server/clientLedger.js';

function ledgerOf(clientsMax: number, ttlMs = 1_000) {
  const clock = { now: 0 };
  return { clock, ledger: new ClientLedger(clientsMax, ttlMs, () => clock.now) };
}

describe('ClientLedger', () => {
  it('advances by one, from anywhere at first', () => {
    const { ledger } = ledgerOf(9);
    expect([5, 5, 7, 6].map((seq) => ledger.advance('ada', seq))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(ledger.cursor('ada')).toBe(6);
  });

  it('admits each publication of a client once, in the order of seq and ordinal', () => {
    const { ledger } = ledgerOf(9);
    const admit = ([seq, ordinal]: [number, number]) =>
      ledger.admit({ client: 'ada', seq, ordinal });
    const tried: [number, number][] = [
      [1, 1],
      [1, 1],
      [1, 2],
      [2, 1],
      [1, 3],
      [2, 1],
      [2, 2],
    ];
    expect(tried.map(admit)).toEqual([true, false, true, true, false, false, true]);
  });

  it('forgets the client that has been silent for longest when there are too many', () => {
    const { ledger } = ledgerOf(2);
    ledger.advance('ada', 1);
    ledger.advance('bob', 1);
    ledger.advance('ada', 2);
    ledger.advance('eve', 1);
    expect(['ada', 'bob', 'eve'].map((name) => ledger.cursor(name))).toEqual([2, null, 1]);
    expect(ledger.size).toBe(2);
  });

  it('forgets a client some time after its last message', () => {
    const { clock, ledger } = ledgerOf(9);
    ledger.advance('ada', 1);
    clock.now = 900;
    ledger.advance('ada', 2);
    ledger.advance('bob', 1);
    clock.now = 1_899;
    expect(ledger.cursor('ada')).toBe(2);
    clock.now = 1_900;
    expect(ledger.cursor('ada')).toBeNull();
    expect(ledger.size).toBe(0);
  });

  it('knows nobody after it was cleared', () => {
    const { ledger } = ledgerOf(9);
    ledger.advance('ada', 1);
    ledger.clear();
    expect(ledger.cursor('ada')).toBeNull();
  });
});
