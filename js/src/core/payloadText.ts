import { isSendable } from './byteLength.js';
import { messageOf, OpenlineError } from './openlineError.js';

/**
 * The payload as JSON, as it is now. Members that are undefined, functions or symbols are left out,
 * as JSON.stringify does it.
 *
 * @throws OpenlineError `unsendable` for undefined, a function or a symbol alone, and at any depth
 *   for BigInt, cycles, and binary values, which JSON.stringify would make `{}` of
 */
export function payloadText(payload: unknown): string {
  let text: unknown;
  try {
    text = JSON.stringify(payload, checked);
  } catch (error) {
    if (error instanceof OpenlineError) throw error;
    throw new OpenlineError(
      'unsendable',
      `the payload has no JSON form (${messageOf(error)}); send plain objects, strings and numbers`,
      error,
    );
  }
  if (typeof text === 'string') return text;
  throw new OpenlineError(
    'unsendable',
    `${typeof payload} has no JSON form; send null, or an object that leaves it out`,
  );
}

function checked(this: unknown, key: string, value: unknown): unknown {
  // Not `value` alone: a Buffer has a toJSON of its own.
  const given = (this as Record<string, unknown>)[key];
  if (typeof given !== 'object' || given === null || !isSendable(given)) return value;
  throw new OpenlineError(
    'unsendable',
    'a Blob, an ArrayBuffer or a view has no JSON form; send its bytes as base64, or by HTTP',
  );
}
