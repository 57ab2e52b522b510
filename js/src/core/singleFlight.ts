import { lineNow } from './host.js';

/** A run that takes longer hangs, and is not joined any more: the default of connectTimeoutMs. */
const JOIN_MAX_MS = 10_000;

interface Run {
  readonly since: number;
  readonly result: Promise<unknown>;
}

const underWay = new WeakMap<() => unknown, Run>();

/** Runs `task`, or joins the run of the same function that is under way. */
export function singleFlight(task: () => unknown): Promise<unknown> {
  const joined = underWay.get(task);
  if (joined !== undefined && lineNow() - joined.since < JOIN_MAX_MS) return joined.result;
  const result = (async () => task())().finally(() => {
    if (underWay.get(task)?.result === result) underWay.delete(task);
  });
  underWay.set(task, { since: lineNow(), result });
  return result;
}
