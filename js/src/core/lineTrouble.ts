import type { CoreRecord } from './core.js';
import { type Ending, failureError } from './failureError.js';
import { messageOf, OpenlineError } from './openlineError.js';

/** What last went wrong with a line, until it is open again, closed or tried afresh. */
export class LineTrouble {
  private error: OpenlineError | null = null;

  clear(): void {
    this.error = null;
  }

  /** What the application gave is no URL of a WebSocket. */
  badUrl(error: OpenlineError): void {
    this.error = error;
  }

  /** The application could not say the URL. */
  noUrl(error: unknown): void {
    const text = `the URL could not be had (${messageOf(error)}); it is asked for again`;
    this.error = new OpenlineError('url', text, error);
  }

  /** The application could not renew its credentials. */
  noCredentials(error: unknown): void {
    const text = `the credentials could not be renewed (${messageOf(error)}); it is tried again`;
    this.error = new OpenlineError('auth', text, error);
  }

  /** The browser made no socket. Not its message: it quotes the URL, which may carry a token. */
  refused(error: unknown): void {
    const name = error instanceof Error ? error.name : 'Error';
    const text =
      typeof WebSocket === 'function'
        ? `the browser refused the URL or subprotocols (${name})`
        : 'there is no WebSocket here; Node.js 22 has one, or put that of the package ws on ' +
          'globalThis.WebSocket';
    this.error = new OpenlineError('url', text);
  }

  /** The status with what went wrong in it. */
  explain(record: CoreRecord & { kind: 'status' }, ending: Ending | undefined): CoreRecord {
    const { status, reason } = record;
    if (status === 'open' || status === 'closed') this.error = null;
    if (reason !== null) this.error = failureError(reason, this.error, ending);
    return { ...record, error: this.error };
  }
}
