import { describe, expect, it } from 'vitest';
import { ReadyState, readyStateOf } from '../../../js/src/core/status.js';

describe('readyStateOf', () => {
  it.each([
    ['idle', 0],
    ['connecting', 0],
    ['open', 1],
    ['closing', 2],
    ['waiting', 3],
    ['closed', 3],
    ['failed', 3],
  ] as const)('shows %s as %d', (status, readyState) => {
    expect(readyStateOf(status)).toBe(readyState);
  });
});

describe('ReadyState', () => {
  it("has react-use-websocket's names and WHATWG's numbers", () => {
    expect(ReadyState).toMatchObject({
      UNINSTANTIATED: -1,
      CONNECTING: 0,
      OPEN: 1,
      CLOSING: 2,
      CLOSED: 3,
    });
  });

  it('names each number, as an enum does', () => {
    const of = (value: ReadyState) => ReadyState[value];
    expect(([-1, 0, 1, 2, 3] as const).map(of)).toEqual([
      'UNINSTANTIATED',
      'CONNECTING',
      'OPEN',
      'CLOSING',
      'CLOSED',
    ]);
  });
});
