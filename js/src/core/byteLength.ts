/** A value that a WebSocket sends (WHATWG WebSocket, `send()`). */
export type Sendable = string | ArrayBufferLike | Blob | ArrayBufferView;

/** True for what `WebSocket.send` takes without turning it into text. */
export function isSendable(value: unknown): value is Sendable {
  return (
    typeof value === 'string' ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    value instanceof Blob ||
    (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)
  );
}

/**
 * UTF-16 code units of a text, bytes of anything else: free to ask, never more than the payload.
 */
export function sizeOf(value: Sendable): number {
  if (typeof value === 'string') return value.length;
  return value instanceof Blob ? value.size : value.byteLength;
}

/**
 * Bytes of the payload: a text counts as UTF-8, a lone surrogate as U+FFFD (as WebSocket sends it).
 */
export function byteLength(value: Sendable): number {
  if (typeof value !== 'string') return sizeOf(value);
  let bytes = value.length;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) {
      bytes += 1;
      continue;
    }
    bytes += 2;
    const isPair = unit >= 0xd800 && unit < 0xdc00 && (value.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    // The pair is 4 bytes: 2 for its code units and 2 more, which this unit just added.
    if (isPair) i += 1;
  }
  return bytes;
}

/** The value as it is now: what waits in a queue must not change with the caller's buffer. */
export function snapshotOf(value: Sendable): Sendable {
  if (typeof value === 'string' || value instanceof Blob) return value;
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()
    : new Uint8Array(value).slice();
}
