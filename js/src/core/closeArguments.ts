/** RFC 6455 section 5.5.1: a control frame carries 125 bytes, two of which are the code. */
const REASON_BYTES_MAX = 123;

/**
 * Checks the arguments of `close()` as WHATWG WebSocket does: code 1000 or 3000 to 4999, a reason
 * of at most 123 bytes of UTF-8, and no reason without a code.
 *
 * @throws TypeError naming what is wrong.
 */
export function checkCloseArguments(code: unknown, reason: unknown): void {
  if (code !== undefined && !isCloseCode(code)) {
    throw new TypeError(
      `openline: ${String(code)} is no close code; give 1000 or an integer from 3000 to 4999.`,
    );
  }
  if (reason === undefined || reason === '') return;
  if (typeof reason !== 'string') {
    throw new TypeError(`openline: the close reason must be a string, not ${typeof reason}.`);
  }
  if (code === undefined) {
    throw new TypeError('openline: a close reason needs a close code, such as 1000, before it.');
  }
  const bytes = new TextEncoder().encode(reason).byteLength;
  if (bytes > REASON_BYTES_MAX) {
    throw new TypeError(
      `openline: the close reason has ${bytes} bytes; at most ${REASON_BYTES_MAX} fit in.`,
    );
  }
}

function isCloseCode(code: unknown): code is number {
  return (
    typeof code === 'number' &&
    Number.isInteger(code) &&
    (code === 1000 || (code >= 3000 && code <= 4999))
  );
}
