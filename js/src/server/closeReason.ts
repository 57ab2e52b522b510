const BYTES_MAX = 123; // RFC 6455, 5.5: 125 bytes of a control frame, 2 of them the code

/** A text as a close frame can carry it: no control characters, no more than 123 bytes of UTF-8. */
export function closeReason(text: string): string {
  // A character has at least one byte, so what lies beyond the limit is not even looked at.
  const clean = text.slice(0, BYTES_MAX).replace(/[\p{Cc}\p{Surrogate}]+/gu, ' ');
  const bytes = Buffer.from(clean);
  if (bytes.length <= BYTES_MAX) return clean;
  let end = BYTES_MAX;
  while (isContinuation(bytes[end])) end -= 1;
  return bytes.toString('utf8', 0, end);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
