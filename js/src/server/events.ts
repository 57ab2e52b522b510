import { printEvent } from './consoleLog.js';

/**
 * What a server tells whoever keeps its log. No event holds a cookie, a query string or a payload;
 * `error` is what the application or the broker threw.
 */
export type LineServerEvent =
  /** An upgrade was answered with an HTTP status instead of a connection. */
  | {
      readonly type: 'refused';
      readonly status: number;
      readonly reason: string;
      readonly address: string;
    }
  | {
      readonly type: 'opened';
      readonly user: string;
      readonly protocol: 'openline.1' | 'plain';
      readonly address: string;
    }
  /** `code` and `reason` are the server's if it closed, else what the client sent, or 1006. */
  | {
      readonly type: 'closed';
      readonly user: string;
      readonly code: number;
      readonly reason: string;
    }
  /** A function of the application, or the broker, threw. */
  | {
      readonly type: 'failed';
      readonly during: FailedPart;
      readonly error: unknown;
      readonly user?: string | undefined;
      readonly stream?: string | undefined;
    }
  /** A second `createLineServer` for this path asked for something that only the first can set. */
  | { readonly type: 'ignored'; readonly option: string };

/** What was being done when a function of the application or the broker threw. */
export type FailedPart =
  | 'authenticate'
  | 'authorize'
  | 'recheck'
  | 'onMessage'
  | 'upgrade'
  | 'broker'
  | 'socket';

export type EventListener = (event: LineServerEvent) => void;

/** Hands an event on; a listener that fails harms nobody. Without one the console hears of it. */
export function report(listener: EventListener | undefined, event: LineServerEvent): void {
  try {
    const answer: unknown = (listener ?? printEvent)(event);
    if (answer instanceof Promise) answer.catch(() => {});
  } catch {
    // A log that cannot be written must not end the connection it was about.
  }
}
