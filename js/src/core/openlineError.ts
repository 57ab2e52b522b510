/**
 * What went wrong, for programs.
 *
 * - `wasm`: the core could not be loaded or has stopped
 * - `url`: the URL could not be had or is no URL of a WebSocket
 * - `auth`: the credentials could not be renewed
 * - `closed`: the line is closed, closing or has no URL
 * - `failed`: the line has failed and needs `reconnect()`
 * - `queue-full`: as many messages or bytes as allowed are waiting for the line
 * - `too-large`: the message is larger than `messageBytesMax`
 * - `unsendable`: the value is none that a WebSocket sends (on a line with streams: none that JSON
 *   can hold), or the browser refused it
 * - `rejected`: the server's handler rejected the message
 * - `protocol`: the server publishes what is no JSON
 * - `message`: a message could not be taken into a state, or read as JSON; the line itself is fine
 */
export type OpenlineErrorCode =
  | 'wasm'
  | 'url'
  | 'auth'
  | 'closed'
  | 'failed'
  | 'queue-full'
  | 'too-large'
  | 'unsendable'
  | 'rejected'
  | 'protocol'
  | 'message';

/** An error that names its cause and the remedy. Never thrown by sending: a refusal carries it. */
export class OpenlineError extends Error {
  /** 'OpenlineError', also where `instanceof` fails because there are two copies. */
  override readonly name = 'OpenlineError';
  /** What went wrong, for programs; the message is for people. */
  readonly code: OpenlineErrorCode;

  /** @param text cause and remedy, without prefix and full stop */
  constructor(code: OpenlineErrorCode, text: string, cause?: unknown) {
    super(`openline: ${text}.`, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
