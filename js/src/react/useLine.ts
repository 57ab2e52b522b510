'use client';

import { useCallback, useInsertionEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LineCallbacks } from '../core/lineCallbacks.js';
import type { AnyLineDefinition } from '../core/lineDefinition.js';
import { IDLE, type LineSnapshot } from '../core/lineSnapshot.js';
import type { OpenedLine } from '../core/openedLine.js';
import { type LineControls, lineControls } from './lineControls.js';
import { lineFor } from './lineFor.js';

/** What is known of the line, and what can be done with it. */
export interface UseLineResult extends LineSnapshot, LineControls {
  /**
   * The time of a message to the server and back, in milliseconds: always null for now, because
   * acknowledgements are batched and would count the server's waiting as the network's.
   */
  readonly latencyMs: number | null;
}

/**
 * Opens the line of a definition and tells how it is. All components that use a definition share
 * one line: the first one mounted opens it, and it closes `lingerMs` after the last one has gone.
 *
 * On a server it is `idle` and touches nothing. Callbacks may change with every render; each
 * component's are called.
 *
 * @throws TypeError for what `defineLine` has not made
 */
export function useLine(
  definition: AnyLineDefinition,
  callbacks: LineCallbacks = {},
): UseLineResult {
  const line = lineFor(definition);

  const latest = useRef<{ line: OpenedLine | null; callbacks: LineCallbacks } | null>(null);
  const [controls] = useState(() => lineControls(() => latest.current?.line ?? null));
  useInsertionEffect(() => {
    latest.current = { line, callbacks };
    return () => {
      latest.current = null;
    };
  });

  const subscribe = useCallback(
    (changed: () => void) => {
      if (line === null) return () => {};
      const stop = line.onChange(changed);
      const letGo = line.hold(() => latest.current?.callbacks ?? {});
      return () => {
        stop();
        letGo();
      };
    },
    [line],
  );
  const known = useSyncExternalStore(
    subscribe,
    () => line?.snapshot ?? IDLE,
    () => IDLE,
  );
  return { ...known, ...controls, latencyMs: null };
}
