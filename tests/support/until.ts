// Taken before a test may fake them.
const { setImmediate: nextTurn } = globalThis;
const now = performance.now.bind(performance);

/** Waits for `condition`, looking once per turn of the event loop; fails loudly after 4 s. */
export async function until(condition: () => boolean, what: string, limitMs = 4_000) {
  const end = now() + limitMs;
  while (!condition()) {
    if (now() > end) throw new Error(`waited ${limitMs} ms in vain until ${what}`);
    await turn();
  }
}

/** One turn of the event loop: microtasks, timers that are due and the network all had theirs. */
export function turn(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve));
}

/** Enough turns for what was under way to arrive: for asserting that something does not happen. */
export async function turns(count = 20): Promise<void> {
  for (let i = 0; i < count; i++) await turn();
}
