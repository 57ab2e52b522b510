const underWay = new WeakMap<() => unknown, Promise<unknown>>();

/** Runs `task`, or joins the run of the same function that is under way. */
export function singleFlight(task: () => unknown): Promise<unknown> {
  const joined = underWay.get(task);
  if (joined !== undefined) return joined;
  const started = (async () => task())().finally(() => underWay.delete(task));
  underWay.set(task, started);
  return started;
}
