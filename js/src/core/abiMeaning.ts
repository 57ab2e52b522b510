import type { AbiRecord } from './abi.js';
import type { CoreRecord, DropCause, SendFate } from './core.js';
import type { Ending } from './failureError.js';
import { epochOf } from './host.js';
import type { FailureReason, Status } from './status.js';

// What the numbers of the ABI mean: the orders of the enums in C++. Phase and Failure (state.hpp),
// DropCause (report.hpp), SendResult (client.hpp), ol_record_kind (openline_abi.h).

const STATUSES: readonly Status[] = [
  'idle',
  'connecting', // renewing the credentials
  'connecting', // asking for the URL
  'connecting', // opening the socket
  'open',
  'waiting',
  'waiting', // for the page to be shown or restored
  'closing',
  'closed',
  'failed',
];
const FAILURES: readonly (FailureReason | null)[] = [
  null,
  'auth',
  'rejected',
  'attempts',
  'url',
  'protocol',
];
/** Null: a message that came in too late. */
const DROP_CAUSES: readonly (DropCause | null)[] = [
  null,
  'closed',
  'unsendable',
  'expired',
  'overflow',
];
const SEND_FATES: readonly (SendFate | 'measure')[] = [
  'sent',
  'queued',
  'measure',
  'too-large',
  'queue-messages',
  'queue-bytes',
  'closed',
  'failed',
  'unsendable',
];

const RECORD_MESSAGE = 4;
const RECORD_CLOSE = 6;

export function isMessage({ kind }: AbiRecord): boolean {
  return kind === RECORD_MESSAGE;
}

/** What became of a message, or that its size must be measured first. */
export function fateOf(sendResult: number): SendFate | 'measure' {
  return SEND_FATES[sendResult] as SendFate | 'measure';
}

/** The close among records of one turn: it comes behind the status that it led to. */
export function endingOf(records: readonly AbiRecord[]): Ending | undefined {
  const close = records.find(({ kind }) => kind === RECORD_CLOSE);
  return close && { code: close.a, reason: close.text };
}

/** What the core says to a line: for its listener, or a question, or nothing. */
export type Meaning =
  | CoreRecord
  | { readonly kind: 'url' | 'credentials' | 'ping'; readonly socket: number }
  | { readonly kind: 'none' };

/** What a record may need to be understood. */
export interface RecordContext {
  readonly values: { take(handle: number): unknown };
  takeUnconfirmed(): number;
  readonly isRecovered: boolean;
}

/** The record in words; a value that it names by handle is taken out of the line's values. */
export function meaningOf(
  { kind, a, b, c, text, number }: AbiRecord,
  line: RecordContext,
): Meaning {
  switch (kind) {
    case 1:
      return {
        kind: 'status',
        status: STATUSES[a] as Status,
        reason: FAILURES[b] as FailureReason | null,
        attempt: c,
        retryAt: number < 0 ? null : epochOf(number),
        error: null,
      };
    case 2:
      return { kind: 'url', socket: a };
    case 3:
      return { kind: 'open' };
    case RECORD_MESSAGE:
      return { kind: 'message', event: line.values.take(a) as MessageEvent };
    case 5:
      return { kind: 'error' };
    case RECORD_CLOSE:
      return {
        kind: 'close',
        code: a,
        wasClean: b === 1,
        reason: text,
        ...(c === 1 ? { isOwn: true } : {}),
      };
    case 7: {
      const [value, cause] = [line.values.take(a), DROP_CAUSES[b]];
      return cause ? { kind: 'drop', value, cause } : { kind: 'none' };
    }
    case 8:
      return { kind: 'none' };
    case 9:
      return { kind: 'credentials', socket: a };
    case 10:
      return { kind: 'ping', socket: a };
    case 11:
      return outageOf(number, line);
  }
  throw new RangeError(`openline: the core gave a record of kind ${kind}`);
}

function outageOf(downMs: number, line: RecordContext): CoreRecord {
  const [unconfirmed, recovered] = [line.takeUnconfirmed(), line.isRecovered];
  return { kind: 'outage', outage: { downMs, unconfirmed, recovered } };
}
