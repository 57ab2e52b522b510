import type { SendFate } from './core.js';
import type { LineSnapshot, SendReceipt } from './line.js';
import { OpenlineError, type OpenlineErrorCode } from './openlineError.js';
import type { FailureReason } from './status.js';

// What refusals and failures say: the cause, and what to do.

type Refusal = Exclude<SendFate, 'sent' | 'queued'>;

const REFUSALS: Readonly<Record<Refusal, readonly [OpenlineErrorCode, string]>> = {
  'too-large': [
    'too-large',
    'the message is larger than messageBytesMax; send it in parts or raise the limit',
  ],
  'queue-messages': [
    'queue-full',
    'queue.maxMessages messages are waiting already; send it again once the line is open',
  ],
  'queue-bytes': [
    'queue-full',
    'the message does not fit queue.maxBytes; send it again once the line is open',
  ],
  closed: ['closed', 'the line is closed; open it again first'],
  failed: ['failed', 'the line has failed; call reconnect() first'],
  unsendable: [
    'unsendable',
    'a WebSocket sends a string, a Blob, an ArrayBuffer or a view of one; use sendJsonMessage for objects',
  ],
};

const FAILURES: Readonly<Record<FailureReason, string>> = {
  auth: 'the server refused the credentials (close code 4401 or 4403); sign in, then reconnect()',
  rejected: 'the server closed with a code that says that trying again will not help',
  attempts: 'the last retry that reconnect.attempts allows has failed; reconnect() starts anew',
  url: 'the URL or a subprotocol cannot be used',
  wasm: 'the WebAssembly core could not be loaded',
};

export function refusalOf(refusal: Refusal, line: LineSnapshot): SendReceipt {
  const [code, text] = REFUSALS[refusal];
  const cause = refusal === 'failed' ? line.error : undefined;
  return { state: 'refused', reason: new OpenlineError(code, `openline: ${text}.`, cause) };
}

/** The error of a failed line; one that is known more closely is kept. */
export function failureError(reason: FailureReason, known: OpenlineError | null): OpenlineError {
  if (known !== null && known.code === reason) return known;
  return new OpenlineError('failed', `openline: ${FAILURES[reason]}.`, known ?? undefined);
}
