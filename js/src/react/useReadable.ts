'use client';

import { useCallback, useInsertionEffect, useState, useSyncExternalStore } from 'react';
import type { Readable } from '../core/liveState.js';
import { Selection, type SelectOptions } from './selection.js';

/**
 * Shows what a component selects of a value that changes, and renders it when that is another one.
 *
 * @param readable null while rendering on a server
 * @param given what is shown there, and while hydrating; null: there is nothing to read, and
 *   undefined is shown
 */
export function useReadable<V, S>(
  readable: Readable<V> | null,
  given: (() => V) | null,
  options: SelectOptions<V, S>,
): S | undefined {
  const [selection] = useState(() => new Selection<V, S>());
  // One for both snapshots: where a line takes over the same value, nothing is to be rendered.
  const selecting = selection.by(readable, options);
  const subscribe = useCallback(
    (changed: () => void) => readable?.subscribe(changed) ?? (() => {}),
    [readable],
  );
  useInsertionEffect(() => selecting.show());
  const first = () => (given === null ? undefined : selecting.of(given()));
  return useSyncExternalStore(
    subscribe,
    () => (readable === null ? first() : selecting.of(readable.get())),
    first,
  );
}
