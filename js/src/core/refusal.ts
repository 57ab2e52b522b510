import type { SendFate } from './core.js';
import type { SendReceipt } from './line.js';
import type { LineSnapshot } from './lineSnapshot.js';
import { OpenlineError, type OpenlineErrorCode } from './openlineError.js';

type Refusal = Exclude<SendFate, 'sent' | 'queued'>;

const REFUSALS: Readonly<Record<Refusal, readonly [OpenlineErrorCode, string]>> = {
  'too-large': ['too-large', 'the message is larger than messageBytesMax; send it in parts'],
  'queue-messages': [
    'queue-full',
    'queue.maxMessages messages wait already; send it again once the line is open',
  ],
  'queue-bytes': [
    'queue-full',
    'the message does not fit queue.maxBytes; send it again once the line is open',
  ],
  closed: ['closed', 'the line is closed; call reconnect() first'],
  'not-open': ['closed', 'it would have to wait: the line is not open, or others wait before it'],
  failed: ['failed', 'the line has failed; call reconnect() first'],
  unsendable: [
    'unsendable',
    'a WebSocket sends a string, Blob, ArrayBuffer or view; make JSON of other values',
  ],
};

/** The receipt of a message that was not taken: the cause, and what to do. */
export function refusalOf(refusal: Refusal, line: LineSnapshot): SendReceipt {
  const [code, text] = REFUSALS[refusal];
  return refused(code, text, refusal === 'failed' ? line.error : undefined);
}

/** The same for a reason of one's own. */
export function refused(code: OpenlineErrorCode, text: string, cause?: unknown): SendReceipt {
  return { state: 'refused', reason: new OpenlineError(code, text, cause) };
}
