/** Where a stream stood: everything up to this offset of this epoch is known. */
export type Position = readonly [epoch: string, offset: number];

/** Where to go on from: what `lines.snapshot()` gave on the server, or its `at` alone. */
export type From = Position | { readonly at: Position };

/**
 * The position to start after; null: from now on.
 *
 * @throws TypeError for what is none
 */
export function positionOf(from: From | null | undefined): Position | null {
  if (from === null || from === undefined) return null;
  const at: unknown = Array.isArray(from) ? from : (from as { at?: unknown }).at;
  if (!isPosition(at)) {
    throw new TypeError(
      'openline: from must be what lines.snapshot() returned, or its `at`: ["<epoch>", offset].',
    );
  }
  // What the caller does with his own later is his.
  return [at[0], at[1]];
}

/** Whether `at` lies behind `than`: further on in the same epoch, or in another one. */
export function isNewer(at: Position, than: Position): boolean {
  return at[0] !== than[0] || at[1] > than[1];
}

export function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value)) return false;
  const [epoch, offset] = value;
  return (
    typeof epoch === 'string' &&
    /^[\w.-]{1,64}$/.test(epoch) &&
    Number.isSafeInteger(offset) &&
    offset >= 0
  );
}
