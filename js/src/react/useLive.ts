'use client';

import { givenWhole } from '../core/givenState.js';
import type { LiveState, StateFrom } from '../core/liveState.js';
import type { StateKind, StateRef } from '../core/stateRef.js';
import { lineFor } from './lineFor.js';
import type { SelectOptions } from './selection.js';
import { useReadable } from './useReadable.js';

export interface UseLiveOptions<V, S = V> extends SelectOptions<V, S> {
  /**
   * What `lines.snapshot()` gave on the server, or a value of the same shape where there is no
   * position: it is shown on the server and first on the page, and what was published after it
   * follows. Another one may be given later: a newer one counts where something is missing (after a
   * resync), and is ignored otherwise. It is kept as it is, so it must not be changed in place.
   * @default what is known of the state; if nothing is, it begins empty
   */
  readonly from?: StateFrom<NoInfer<V>> | null | undefined;
}

/**
 * Shows a state of a line, from the first render that a component is in: rows of a `log` or a
 * `collection` (none yet: an empty array), the value of `latest` or `document` (none yet:
 * undefined), or what a `reduce` has made. What has not changed keeps its identity.
 *
 * The component is rendered at most once per frame, and only if what it selects is another one. All
 * components that read a state share it: the first one opens the line and subscribes, and
 * `lingerMs` after the last one has gone the state is let go. A message that the state cannot
 * take goes to `onError` of the line's users, and changes nothing. On a server it gives `from`, and
 * opens nothing.
 *
 * @param state a member of a definition; null: none yet, which gives undefined and selects nothing
 * @throws TypeError for what is no state, and for a `from` that is no value for it
 */
export function useLive<V, S = V>(state: StateRef<V>, options?: UseLiveOptions<V, S>): S;
export function useLive<V, S = V>(
  state: StateRef<V> | null,
  options?: UseLiveOptions<V, S>,
): S | undefined;
export function useLive<V, S = V>(
  state: StateRef<V> | null,
  options: UseLiveOptions<V, S> = {},
): S | undefined {
  const { from } = options;
  const live = state === null ? null : liveOf(state);
  live?.render(from);
  const given = state === null ? null : () => givenWhole(state, from);
  return useReadable<V, S>(live?.whole ?? null, given, options);
}

function liveOf<V>(state: StateRef<V>): LiveState<V> | null {
  const line = lineFor(state.line);
  if ((state.kind as StateKind) === 'messages') {
    throw new TypeError(
      `openline: useLive needs a state, and messages() keeps none; give ${state.name} to ` +
        'useMessages, or make it by latest(), log() or another of them.',
    );
  }
  return line === null ? null : line.live(state);
}
