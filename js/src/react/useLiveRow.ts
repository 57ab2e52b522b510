'use client';

import { givenRow } from '../core/givenState.js';
import type { StateFrom } from '../core/liveState.js';
import type { RowsRef } from '../core/stateRef.js';
import { keyedRows } from './keyedRows.js';
import type { SelectOptions } from './selection.js';
import { useReadable } from './useReadable.js';

export interface UseLiveRowOptions<T, S = T | undefined> extends SelectOptions<T | undefined, S> {
  /** As for `useLive`: all rows, of which this one is shown. @default what is known of the state */
  readonly from?: StateFrom<readonly NoInfer<T>[]> | null | undefined;
}

/**
 * Shows one row of a state: undefined while there is none with this key. The component is rendered
 * for this row alone, and of the others nothing is parsed for it.
 *
 * @param rows a `collection`, or a `log` with a `key`; null: none yet
 * @param key of the row; a number counts as its text
 * @throws TypeError for what has no rows by key, and for a key that is neither string nor number
 */
export function useLiveRow<T, S = T | undefined>(
  rows: RowsRef<T>,
  key: string | number,
  options?: UseLiveRowOptions<T, S>,
): S;
export function useLiveRow<T, S = T | undefined>(
  rows: RowsRef<T> | null,
  key: string | number,
  options?: UseLiveRowOptions<T, S>,
): S | undefined;
export function useLiveRow<T, S = T | undefined>(
  rows: RowsRef<T> | null,
  key: string | number,
  options: UseLiveRowOptions<T, S> = {},
): S | undefined {
  const { from } = options;
  const live = keyedRows(rows, 'useLiveRow');
  const text = rows === null ? '' : keyText(key);
  live?.render(from);
  const given = rows === null ? null : () => givenRow(rows, from, text);
  return useReadable<T | undefined, S>(live?.row(text) ?? null, given, options);
}

function keyText(key: unknown): string {
  if (typeof key === 'string' || typeof key === 'number') return String(key);
  throw new TypeError(
    `openline: useLiveRow needs a key, a string or a number, not ${typeof key}; ` +
      'give null for the rows while there is none.',
  );
}
