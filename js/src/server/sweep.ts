import type { Connection } from './connection.js';
import { type Context, now } from './context.js';
import { nextRecheckAt, recheck } from './recheck.js';

const INTERVAL_MS_MAX = 1_000;
const INTERVAL_MS_MIN = 10;
const LATE_MS = 50; // what a timer may be late by without anything being wrong

/**
 * Looks at every connection now and then: who is silent, slow or too fast, and whose session is to
 * be checked again. One timer for all of them, and none while there is no connection.
 */
export class Sweep {
  private readonly context: Context;
  private readonly connections: ReadonlySet<Connection>;
  private readonly intervalMs: number;
  private timer: NodeJS.Timeout | undefined;
  private lookedAt = 0;

  constructor(context: Context, connections: ReadonlySet<Connection>) {
    this.context = context;
    this.connections = connections;
    const { heartbeatMs, idleMs, limits } = context.settings;
    const shortest = Math.min(heartbeatMs, idleMs - heartbeatMs, limits.helloTimeoutMs);
    const interval = Math.min(shortest / 4, INTERVAL_MS_MAX);
    this.intervalMs = Math.max(Math.trunc(interval), INTERVAL_MS_MIN);
  }

  start(): void {
    if (this.timer) return;
    this.lookedAt = now();
    this.timer = setInterval(() => this.look(), this.intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const at = now();
    // After a pause of this process signs of life lie unread in the sockets: nobody is judged yet.
    const isLate = at - this.lookedAt > 3 * this.intervalMs + LATE_MS;
    this.lookedAt = at;
    for (const connection of this.connections) this.judge(connection, at, isLate);
    if (this.connections.size === 0) this.stop();
  }

  private judge(connection: Connection, at: number, isLate: boolean): void {
    if (connection.isClosing) {
      this.end(connection, at);
      return;
    }
    if (isLate) connection.heardAt = Math.max(connection.heardAt, at - this.graceMs());
    this.judgeGreeting(connection, at);
    this.judgeSilence(connection, at);
    this.judgeRate(connection, at);
    this.judgeUnsent(connection, at);
    if (at < connection.recheckAt) return;
    connection.recheckAt = nextRecheckAt(this.context, at);
    void recheck(connection);
  }

  /** A silence that leaves time to be asked and to answer. */
  private graceMs(): number {
    return this.context.settings.heartbeatMs;
  }

  private end(connection: Connection, at: number): void {
    connection.terminateAt ||= at + this.context.settings.limits.closeTimeoutMs;
    if (at >= connection.terminateAt) connection.terminate();
  }

  private judgeGreeting(connection: Connection, at: number): void {
    if (connection.greeting === 'done') return;
    const { helloTimeoutMs, handshakeTimeoutMs } = this.context.settings.limits;
    const age = at - connection.openedAt;
    if (connection.greeting === 'waiting') {
      if (age >= helloTimeoutMs) connection.close(4408, 'no HELLO in time');
    } else if (age >= helloTimeoutMs + handshakeTimeoutMs) {
      connection.close(4500, 'no WELCOME in time');
    }
  }

  private judgeSilence(connection: Connection, at: number): void {
    const { heartbeatMs, idleMs } = this.context.settings;
    const silence = at - connection.heardAt;
    if (silence >= idleMs) {
      this.context.counters.expired += 1;
      connection.terminate();
    } else if (silence >= heartbeatMs && connection.probedAt <= connection.heardAt) {
      connection.probedAt = at;
      connection.probe();
    }
  }

  private judgeRate(connection: Connection, at: number): void {
    if (connection.overSince !== 0) {
      if (connection.isRested(at)) connection.overSince = 0;
      else if (at - connection.overSince >= this.context.settings.limits.throttleMs) {
        connection.close(4429, 'too many messages');
        return;
      }
    }
    connection.readOn(at);
  }

  private judgeUnsent(connection: Connection, at: number): void {
    const { unsentBytes, unsentMs } = this.context.settings.limits;
    if (connection.unsent <= unsentBytes) {
      connection.unsentSince = 0;
      return;
    }
    connection.unsentSince ||= at;
    if (at - connection.unsentSince >= unsentMs) connection.close(1013, 'too slow');
  }
}
