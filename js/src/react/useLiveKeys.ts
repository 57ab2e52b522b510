'use client';

import { givenKeys, NO_ROWS } from '../core/givenState.js';
import type { StateFrom } from '../core/liveState.js';
import type { RowsRef } from '../core/stateRef.js';
import { keyedRows } from './keyedRows.js';
import { useReadable } from './useReadable.js';

/** Options of `useLiveKeys`. */
export interface UseLiveKeysOptions<T> {
  /** As for `useLive`: all rows, whose keys are shown. @default what is known of the state */
  readonly from?: StateFrom<readonly NoInfer<T>[]> | null | undefined;
}

/**
 * Shows the keys of the rows of a state, as strings and in the order of the rows. The component is
 * rendered when a row comes or goes, and not when one changes; with `useLiveRow` in a component for
 * each key, a change of a row renders that one alone.
 *
 * @param rows a `collection`, or a `log` with a `key`; null: none yet, which has no keys
 * @throws TypeError for what has no rows by key
 */
export function useLiveKeys<T>(
  rows: RowsRef<T> | null,
  { from }: UseLiveKeysOptions<T> = {},
): readonly string[] {
  const live = keyedRows(rows, 'useLiveKeys');
  live?.render(from);
  const given = rows === null ? null : () => givenKeys(rows, from);
  return useReadable(live?.keys ?? null, given, { isEqual: areSame }) ?? NO_ROWS;
}

function areSame(before: readonly string[], now: readonly string[]): boolean {
  return before.length === now.length && before.every((key, at) => key === now[at]);
}
