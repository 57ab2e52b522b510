import { closeEvent } from './closeEvent.js';
import type { ResilientState } from './resilientState.js';

/** It is closed, and no connection was there to tell of it. @param error why, where it is known */
export function endUnheard(state: ResilientState, error: Error | null): void {
  state.readyState = 3;
  state.tell(Object.assign(new Event('error'), error && { error, message: error.message }));
  state.tell(closeEvent({ code: 1006, wasClean: false, reason: '' }));
}
