import type { Match } from './coreStates.js';
import { tokensOf, valueAt } from './jsonPointer.js';

/** Which messages count, and what of them, in JavaScript as in the core. */
export interface SieveSpec {
  readonly match?: Match;
  readonly value?: string;
}

/** What counts of the values of messages, in order. */
export type Sieve = (values: readonly unknown[]) => readonly unknown[];

/** Null: all of every message counts. */
export function sieveOf({ match = {}, value = '' }: SieveSpec): Sieve | null {
  const wanted = Object.entries(match).map(([at, literal]) => [tokensOf(at), literal] as const);
  const path = tokensOf(value);
  if (wanted.length === 0 && path.length === 0) return null;
  const isWanted = (message: unknown) =>
    wanted.every(([tokens, literal]) => valueAt(message, tokens) === literal);
  return (values) =>
    values
      .filter(isWanted)
      .map((message) => valueAt(message, path))
      .filter((found) => found !== undefined);
}
