const BYTES_MAX = 256;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** PROTOCOL.md: 1 to 256 bytes of UTF-8. */
export function isStreamName(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > BYTES_MAX) return false;
  return !LONE_SURROGATE.test(value) && Buffer.byteLength(value) <= BYTES_MAX;
}

/** @throws TypeError if it is no name of a stream. */
export function checkStreamName(value: unknown): void {
  if (isStreamName(value)) return;
  const seen = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value;
  throw new TypeError(`openline: ${seen} is no stream: give 1 to ${BYTES_MAX} bytes of UTF-8`);
}
