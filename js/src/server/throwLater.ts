/**
 * Lets a fault of code that was called become an uncaught exception, as Node's EventTarget does
 * with those of its listeners: it stops neither the caller nor others who were to be called.
 */
export function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
