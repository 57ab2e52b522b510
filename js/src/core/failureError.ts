import { OpenlineError } from './openlineError.js';
import type { FailureReason } from './status.js';

/** How the connection ended that made the line fail. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

const FAILURES: Readonly<Record<Exclude<FailureReason, 'wasm'>, string>> = {
  auth: 'the server refused the credentials; sign in, then reconnect()',
  rejected: 'the server closed the line in a way that says that trying again will not help',
  attempts: 'the last retry that reconnect.attempts allows has failed; reconnect() starts anew',
  url: 'the URL or a subprotocol cannot be used',
  protocol:
    'the server does not speak openline.1; serve the line with openline/server, or leave the ' +
    'streams out of the definition to talk to this one plainly',
};

const TOO_LARGE =
  'a message was larger than the server takes; set messageBytesMax to its limit, then reconnect()';

/** The error of a failed line; what is known more closely is kept. */
export function failureError(
  reason: FailureReason,
  known: OpenlineError | null,
  ending?: Ending,
): OpenlineError {
  if (known !== null && known.code === reason) return known;
  const isTooLarge = reason === 'rejected' && ending?.code === 1009;
  const text = isTooLarge ? TOO_LARGE : FAILURES[reason as keyof typeof FAILURES];
  // The cause of giving up, not of an earlier failure.
  const cause = known?.code === 'url' ? known : undefined;
  return new OpenlineError('failed', text + (ending ? said(ending) : ''), cause);
}

function said({ code, reason }: Ending): string {
  return ` (close code ${code}${reason === '' ? '' : `: ${reason}`})`;
}
