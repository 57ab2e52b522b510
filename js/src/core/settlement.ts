import type { OpenlineError } from './openlineError.js';

/**
 * What has become of a message.
 *
 * - `acked`: the server has handled it; `value` is what the handler replied, if it did
 * - `handed-over`: the socket has taken it, on a line without streams. Nobody confirms it there.
 * - `rejected`: it has no effect and never will have; `reason` says why. `code` and `text` are what
 *   the server's handler rejected it with; without them the line itself did.
 * - `expired`: it waited for longer than `queue.ttlMs` and was not sent
 * - `unknown`: it was sent, and the line was given up before the server had said what became of it
 */
export type Settlement =
  | { readonly outcome: 'acked'; readonly value: unknown }
  | { readonly outcome: 'handed-over' }
  | {
      readonly outcome: 'rejected';
      readonly reason: OpenlineError;
      readonly code?: number;
      readonly text?: string;
    }
  | { readonly outcome: 'expired' }
  | { readonly outcome: 'unknown' };
