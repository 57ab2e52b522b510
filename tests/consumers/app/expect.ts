// Assertions about types: `expectType<Equal<A, B>>()` compiles only if A is B, and any is neither.

export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export function expectType<_T extends true>(): void {}
