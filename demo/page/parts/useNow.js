import { useEffect, useReducer } from 'react';

/** Four looks a second keep a shown second within a quarter of the true one. */
const lookEveryMs = 250;

/** The time (epoch milliseconds), looked at again and again while `isNeeded`. */
export function useNow(isNeeded) {
  const [, look] = useReducer((looks) => looks + 1, 0);
  useEffect(() => {
    if (!isNeeded) return undefined;
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return Date.now();
}
