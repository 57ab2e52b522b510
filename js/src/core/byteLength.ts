/** A value that a WebSocket sends (WHATWG WebSocket, `send()`). */
export type Sendable = string | ArrayBuffer | Blob | ArrayBufferView;

/** What may wait for a line: a value, or what stands for one and knows its size in bytes. */
export type Outbound = Sendable | { readonly size: number };

/**
 * True for what `WebSocket.send` takes without turning it into text. Shared memory it refuses.
 */
export function isSendable(value: unknown): value is Sendable {
  if (typeof value === 'string') return true;
  const bytes = ArrayBuffer.isView(value) ? value.buffer : value;
  // By name: a value of another realm (an iframe's, jsdom's) is as good.
  return /^\[object (ArrayBuffer|Blob|File)\]$/.test(Object.prototype.toString.call(bytes));
}

/**
 * UTF-16 code units of a text, bytes of anything else: free to ask, never more than the payload.
 */
export function sizeOf(value: Outbound): number {
  if (typeof value === 'string') return value.length;
  return 'size' in value ? value.size : value.byteLength;
}

/**
 * Bytes of the payload: a text counts as UTF-8, a lone surrogate as U+FFFD (as WebSocket sends it).
 */
export function byteLength(value: Outbound): number {
  return typeof value === 'string' ? new TextEncoder().encode(value).length : sizeOf(value);
}

/**
 * The value as it is now: what waits in a queue must not change with the caller's buffer. Null for
 * a buffer that is detached.
 */
export function snapshotOf(value: Outbound): Outbound | null {
  if (typeof value === 'string' || 'size' in value) return value;
  try {
    return ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()
      : new Uint8Array(value).slice();
  } catch {
    return null;
  }
}
