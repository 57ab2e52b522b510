import type { LiveRows } from '../core/liveState.js';
import type { RowsRef } from '../core/stateRef.js';
import { lineFor } from './lineFor.js';

/**
 * The rows of a state that are read by key. Null where there are none yet, and while rendering on a
 * server.
 *
 * @throws TypeError for what has no rows by key
 */
export function keyedRows<T>(rows: RowsRef<T> | null, hook: string): LiveRows<T> | null {
  if (rows === null) return null;
  const line = lineFor(rows.line);
  if (rows.spec?.key === undefined) {
    throw new TypeError(
      `openline: ${hook} needs rows that have keys, and ${rows.name} has none; ` +
        "give it a collection, or a log with key: '/id'.",
    );
  }
  return line === null ? null : line.live(rows);
}
