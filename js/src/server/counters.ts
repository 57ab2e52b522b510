/** What has happened since the server was created. Those marked "now" go down as well. */
export class Counters {
  /** Now. */
  connections = 0;
  /** Now: upgrades that are not connections yet. */
  pendingUpgrades = 0;
  /** Now. */
  subscriptions = 0;
  opened = 0;
  refused = 0;
  unauthenticated = 0;
  /** Calls of `authenticate`. */
  authentications = 0;
  /** Publications through this server. */
  published = 0;
  /** Runs of publications that were handed to a socket. */
  runs = 0;
  /** Gaps that history did not cover: by RESYNC, or by how a subscription was answered. */
  resyncs = 0;
  /** Messages of clients that arrived; those that came again count again. */
  messages = 0;
  handled = 0;
  rejected = 0;
  /** Messages that had been handled before and were only acknowledged. */
  repeated = 0;
  handlerFailures = 0;
  brokerFailures = 0;
  /** How often a client was not read from because it was beyond its rate. */
  throttled = 0;
  /** Connections that said nothing for too long. */
  expired = 0;
  /** How often this server closed a connection, by code. */
  readonly closed: Record<number, number> = {};

  countClose(code: number): void {
    this.closed[code] = (this.closed[code] ?? 0) + 1;
  }
}

/**
 * What `LineServer.counters()` answers: since the server was created, those marked "now" excepted.
 */
export type CounterValues = Readonly<Omit<Counters, 'countClose' | 'closed'>> & {
  readonly closed: Readonly<Record<number, number>>;
};

export function counterValues(counters: Counters): CounterValues {
  return { ...counters, closed: { ...counters.closed } };
}
