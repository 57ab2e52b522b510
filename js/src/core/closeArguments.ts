import { byteLength } from './byteLength.js';
import { wrong } from './checkedOption.js';

/** RFC 6455 section 5.5.1: a control frame carries 125 bytes, two of which are the code. */
const REASON_BYTES_MAX = 123;

/**
 * Checks the arguments of `close()` as WHATWG WebSocket does: code 1000 or 3000 to 4999, a reason
 * of at most 123 bytes of UTF-8, and no reason without a code.
 *
 * @throws TypeError naming what is wrong.
 */
export function checkCloseArguments(code: unknown, reason: unknown = ''): void {
  if (!isCloseCode(code) && (code !== undefined || reason !== '')) {
    throw wrong('the close code', '1000 or an integer from 3000 to 4999', code);
  }
  if (typeof reason !== 'string' || byteLength(reason) > REASON_BYTES_MAX) {
    throw wrong('the close reason', `a text of at most ${REASON_BYTES_MAX} bytes`, reason);
  }
}

function isCloseCode(code: unknown): boolean {
  const number = Number.isInteger(code) ? (code as number) : 0;
  return number === 1_000 || (number >= 3_000 && number <= 4_999);
}
