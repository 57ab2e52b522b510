import { OpenlineError } from './openlineError.js';
import type { FailureReason } from './status.js';

const FAILURES: Readonly<Record<Exclude<FailureReason, 'wasm'>, string>> = {
  auth: 'the server refused the credentials (close code 4401 or 4403); sign in, then reconnect()',
  rejected: 'the server closed with a code that says that trying again will not help',
  attempts: 'the last retry that reconnect.attempts allows has failed; reconnect() starts anew',
  url: 'the URL or a subprotocol cannot be used',
};

/** The error of a failed line; what is known more closely is kept. */
export function failureError(reason: FailureReason, known: OpenlineError | null): OpenlineError {
  if (known !== null && known.code === reason) return known;
  const text = FAILURES[reason as keyof typeof FAILURES];
  return new OpenlineError('failed', text, known ?? undefined);
}
