/** Known by this mark in every module graph of the process, where `instanceof` would know one. */
const MARK = Symbol.for('openline.Reject');

const CODE_MAX = 65_535;
const TEXT_LENGTH_MAX = 1_000;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/**
 * Thrown by `onMessage`: this message is refused for good. The client is told (`send(…).settled`
 * becomes `rejected`) and does not send it again. Anything else that a handler throws counts as a
 * failure: the connection is closed with 4500, and the client sends the message again.
 *
 * @throws RangeError for a code that is no integer from 0 to 65535.
 */
export class Reject extends Error {
  /** 'Reject'. */
  override readonly name = 'Reject';
  /** The application's own, 0 to 65535; `openline/server` itself uses 4400, 4403 and 4404. */
  readonly code: number;
  /** What the client reads; cut at 1,000 characters. Not the place for secrets. */
  readonly text: string;

  constructor(code: number, text = '') {
    if (!Number.isInteger(code) || code < 0 || code > CODE_MAX) {
      throw new RangeError(`Reject: the code is ${code}; give an integer from 0 to ${CODE_MAX}`);
    }
    super(text);
    this.code = code;
    this.text = text.slice(0, TEXT_LENGTH_MAX).replace(LONE_SURROGATES, '\uFFFD');
    Object.defineProperty(this, MARK, { value: true });
  }
}

export function isReject(error: unknown): error is Reject {
  return typeof error === 'object' && error !== null && Reflect.get(error, MARK) === true;
}
