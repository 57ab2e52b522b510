import { describe, expect, it } from 'vitest';
import { CORE_PROBLEMS } from '../../../js/src/core/coreStates.js';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { latest } from '../../../js/src/core/stateDefinition.js';
import { faultError, moreFaultsError } from '../../../js/src/core/stateFault.js';
import { board } from '../../support/statesFixture.js';

describe('a message that a state could not take', () => {
  it.each(CORE_PROBLEMS.map((problem, i) => [problem, i] as const))(
    'because of %s names cause and remedy',
    (_, number) => {
      const { code, message } = faultError(board.rows, [1, number, 0, 17]);
      expect(code).toBe('message');
      const which = "openline: state.rows cannot take message 17 of stream 'rows': it ";
      expect(message.startsWith(which)).toBe(true);
      expect(message.slice(which.length)).toMatch(/^(is|has|finds) .+[;,] .+\.$/);
    },
  );

  it('names the byte where one is to blame', () => {
    expect(faultError(board.rows, [1, 0, 30, 2]).message).toBe(
      "openline: state.rows cannot take message 2 of stream 'rows': it, from byte 30 on, is no " +
        'JSON in UTF-8; send what JSON.stringify makes.',
    );
  });

  it('of a line without streams has no number', () => {
    const plain = defineLine('ws://host/', { state: { price: latest({ value: '/data' }) } });
    expect(faultError(plain.price, [1, 2, 0, 0]).message).toBe(
      'openline: state.price cannot take a message: it has nothing at "/data"; correct `value`, ' +
        'or let `match` pass it over.',
    );
  });

  it('is counted where there are too many', () => {
    expect(moreFaultsError(7)).toMatchObject({
      code: 'message',
      message: expect.stringContaining('7 more messages'),
    });
  });
});
