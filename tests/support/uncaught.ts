import { turns } from './until.js';

const kinds = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * What `during` let escape: an exception in a listener of an EventTarget, or a rejection that
 * nobody handles, reaches the page alone, which in Node is the process.
 */
export async function uncaught(during: () => Promise<void>): Promise<unknown[]> {
  const errors: unknown[] = [];
  const note = (error: unknown) => void errors.push(error);
  const kept = kinds.map((kind) => process.listeners(kind as 'uncaughtException'));
  for (const kind of kinds) process.removeAllListeners(kind).on(kind, note);
  try {
    await during();
    await turns(2);
  } finally {
    kinds.forEach((kind, i) => {
      process.removeAllListeners(kind);
      for (const listener of kept[i] ?? []) process.on(kind, listener);
    });
  }
  return errors;
}
