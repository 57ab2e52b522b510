import { useEffect, useReducer } from 'react';

/** Four looks a second keep the shown second within a quarter of the true one. */
const lookEveryMs = 250;

/** Whole seconds until an instant (epoch milliseconds), counting down; null without one. */
export function useSecondsUntil(instant) {
  const [, look] = useReducer((looks) => looks + 1, 0);
  useEffect(() => {
    if (instant === null) return undefined;
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [instant]);
  return instant === null ? null : Math.max(0, Math.ceil((instant - Date.now()) / 1000));
}
