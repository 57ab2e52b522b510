// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import { collection, log } from '../../../js/src/core/stateDefinition.js';
import { keyedRows } from '../../../js/src/react/keyedRows.js';
import { PlayedRows, playStates } from '../../support/playedLine.js';

const line = defineLine('/line', {
  state: {
    board: collection({ key: '/id' }),
    keyed: log({ key: '/id' }),
    ticks: log(),
  },
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('are the live rows of the page’s line', () => {
  const [board, keyed] = [new PlayedRows(line.board), new PlayedRows(line.keyed)];
  playStates(line, { board, keyed });
  expect(keyedRows(line.board, 'useLiveRow')).toBe(board);
  expect(keyedRows(line.keyed, 'useLiveRow')).toBe(keyed);
});

it('are none without a reference, and on a server', () => {
  expect(keyedRows(null, 'useLiveRow')).toBeNull();
  vi.stubGlobal('document', undefined);
  expect(keyedRows(line.board, 'useLiveRow')).toBeNull();
});

it('throw for rows without keys, on a server too', () => {
  const asked = () => keyedRows(line.ticks, 'useLiveKeys');
  const text =
    'openline: useLiveKeys needs rows that have keys, and ticks has none; ' +
    "give it a collection, or a log with key: '/id'.";
  expect(asked).toThrow(new TypeError(text));
  vi.stubGlobal('document', undefined);
  expect(asked).toThrow(new TypeError(text));
});
