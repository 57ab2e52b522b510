import type { Lost } from './core.js';
import { lineNow } from './host.js';
import { messageOf, OpenlineError } from './openlineError.js';
import type { Status } from './status.js';

/** A core that stops more often than so, in so many milliseconds, would go on doing it. */
const RESTARTS_MAX = 3;
const WINDOW_MS = 60_000;

/**
 * What outlives the core of a line: since when the connection is lost, so that the outage can be
 * told when the next core has one, and how often cores have stopped lately.
 */
export class Restarts {
  private lostAt: number | null = null;
  private unconfirmed = 0;
  private stops: readonly number[] = [];

  /** Of the line, each time that it has another one. */
  note(status: Status): void {
    if (status === 'waiting') this.lostAt ??= lineNow();
    // Open, or ended by somebody: nothing is lost any more.
    else if (status !== 'connecting') this.lostAt = null;
  }

  /**
   * A core has stopped. Null: the next one may begin; else why it had better not.
   *
   * @param error why this one has stopped
   * @param unconfirmed messages that were given to its connections and may not have arrived
   */
  refusal(error: OpenlineError, wasOpen: boolean, unconfirmed: number): OpenlineError | null {
    const now = lineNow();
    if (wasOpen) this.lostAt = now;
    this.unconfirmed += unconfirmed;
    this.stops = [...this.stops.filter((at) => now - at < WINDOW_MS), now];
    return this.stops.length <= RESTARTS_MAX ? null : stoppedTooOften(error);
  }

  /** What the next core is to tell of. Asked for when it has the line. */
  takeLost(): Lost | undefined {
    if (this.lostAt === null) return undefined;
    const { lostAt: sinceMs, unconfirmed } = this;
    this.unconfirmed = 0;
    return { sinceMs, unconfirmed };
  }
}

/** @param last why the last of them has stopped */
function stoppedTooOften(last: OpenlineError): OpenlineError {
  const text =
    `the core has stopped more than ${RESTARTS_MAX} times within a minute, ` +
    `the last time because of ${messageOf(last.cause)}; call reconnect()`;
  return new OpenlineError('wasm', text, last.cause);
}
