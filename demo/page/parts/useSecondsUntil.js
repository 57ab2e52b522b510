import { useNow } from './useNow.js';

/** Whole seconds until an instant (epoch milliseconds), counting down; null without one. */
export function useSecondsUntil(instant) {
  const now = useNow(instant !== null);
  return instant === null ? null : Math.max(0, Math.ceil((instant - now) / 1000));
}
