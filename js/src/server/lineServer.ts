import { checkUpgradeSource, listenForUpgrades, type UpgradeSource } from './attaching.js';
import type { Position } from './broker.js';
import { Clients } from './clients.js';
import type { Connection, ConnectionHost } from './connection.js';
import { type Context, fail, now, publish } from './context.js';
import { Counters, type CounterValues, counterValues } from './counters.js';
import { within } from './deadline.js';
import { report } from './events.js';
import type { Handlers, PublishOptions } from './handlers.js';
import { Hub } from './hub.js';
import { checkedInteger } from './limits.js';
import { OpenlineConnection } from './openlineConnection.js';
import type { Settings } from './options.js';
import { PlainConnection } from './plainConnection.js';
import { Presence } from './presence.js';
import { nextRecheckAt } from './recheck.js';
import { lineServers } from './registry.js';
import { Revocations } from './revocations.js';
import { checkStreamName } from './streamName.js';
import { Sweep } from './sweep.js';
import { type Admitted, UpgradeGate } from './upgrade.js';
import { UserConnections } from './userConnections.js';

/** How `close` ends. */
export interface CloseOptions {
  /** Clients come back at a random moment of so many ms. @default 5_000 */
  readonly spreadMs?: number | undefined;
  /** After so many ms, connections and handlers that are left are given up. @default 10_000 */
  readonly timeoutMs?: number | undefined;
}

/** What a loader hands to the page: data, and from where its stream goes on. */
export interface Snapshot<Value> {
  /** What was read. */
  readonly value: Value;
  /** Where the stream stood before `value` was read. */
  readonly at: Position;
}

const TIMER_MS_MAX = 2_147_483_647;

/** The running server of one path; `createLineServer` makes it. */
export class LineServer {
  private readonly context: Context;
  private readonly connections = new Set<Connection>();
  private readonly users: UserConnections;
  private readonly revocations: Revocations;
  private readonly gate: UpgradeGate;
  private readonly sweep: Sweep;
  private readonly host: ConnectionHost;
  private readonly attached = new Map<UpgradeSource, () => void>();
  private readonly stopSignals: () => void;
  private closed: Promise<void> | undefined;
  private onEmpty: (() => void) | undefined;

  constructor(settings: Settings, handlers: Handlers<unknown>) {
    const { limits } = settings;
    const broker = settings.makeBroker();
    const counters = new Counters();
    const hub = new Hub({ broker, publicationBytesMax: limits.publicationBytes });
    const onFailure = (error: unknown, stream: string) =>
      fail(this.context, 'broker', error, { stream });
    const presence = new Presence(broker, onFailure);
    const shared = { settings, handlers, broker, hub, presence, counters, isLeaving: false };
    this.context = { ...shared, clients: new Clients() };
    this.users = new UserConnections(limits.connectionsPerUser);
    this.revocations = new Revocations(limits.handshakeTimeoutMs);
    this.gate = new UpgradeGate(this.context, (admitted) => this.admit(admitted));
    this.sweep = new Sweep(this.context, this.connections);
    this.host = {
      context: this.context,
      frameRate: { perSecond: limits.framesPerSecond, burst: limits.frameBurst },
      left: (connection) => this.users.remove(connection),
      gone: (connection) => this.forget(connection),
    };
    this.stopSignals = broker.onSignal((signal) => {
      if (signal.kind === 'revoke') this.endUser(signal.user);
    });
  }

  /** Where clients connect. */
  get path(): string {
    return this.context.settings.path;
  }

  /**
   * Puts newer functions of the application in the place of those that run, and reports the options
   * that only a new server could take.
   */
  update({ asked }: Settings, handlers: Handlers<unknown>): void {
    this.context.handlers = handlers;
    for (const [option, wish] of asked) {
      if (wish === this.context.settings.asked.get(option)) continue;
      report(handlers.onEvent, { type: 'ignored', option });
    }
  }

  /**
   * Takes the upgrades of `path` from an HTTP server, and leaves all others alone. Returns how to
   * stop taking them; open connections stay. Attaching twice is attaching once.
   *
   * @throws TypeError for what is no HTTP server, Error once this is closed.
   */
  attach(server: UpgradeSource): () => void {
    checkUpgradeSource(server);
    if (this.closed) throw new Error('openline: this line server is closed; create a new one');
    const attached = this.attached.get(server);
    if (attached) return attached;
    const stop = listenForUpgrades(server, this.path, (upgrade) => this.gate.receive(upgrade));
    const detach = () => {
      stop();
      this.attached.delete(server);
    };
    this.attached.set(server, detach);
    return detach;
  }

  /**
   * Publishes JSON to all who are subscribed to `stream`. To be called after the data it speaks of
   * was committed: what is published before can reach a client that then reads the old data.
   * Answers its position, at once or as a Promise, as the broker does; rejects with what it throws.
   *
   * @throws TypeError for a stream or key that is none, for what is no JSON, and for more than
   * `limits.publicationBytes`.
   */
  publish(
    stream: string,
    value: unknown,
    options: PublishOptions = {},
  ): Position | Promise<Position> {
    return publish(this.context, { stream, value, key: options.key });
  }

  /**
   * Reads data and says where its stream stood before, so that a client that shows `value` and
   * subscribes after `at` misses nothing. It may get again what `value` holds already.
   * Rejects with what `read` or the broker throws.
   */
  async snapshot<Value>(
    stream: string,
    read: () => Value | Promise<Value>,
  ): Promise<Snapshot<Value>> {
    checkStreamName(stream);
    const at = await this.context.hub.position(stream);
    return { value: await read(), at };
  }

  /** The users who are subscribed to this stream, at whichever server, each once. */
  async presence(stream: string): Promise<readonly string[]> {
    checkStreamName(stream);
    return this.context.presence.of(stream);
  }

  /**
   * Ends all lines of a user, at every server of the broker, with 4401: for a logout. The session
   * itself has to be ended before, or the client comes back with it.
   */
  async revoke(userId: string): Promise<void> {
    await this.context.broker.signal({ kind: 'revoke', user: userId });
  }

  /** What has happened since the server was created, for monitoring. */
  counters(): CounterValues {
    return counterValues(this.context.counters);
  }

  /**
   * Ends: tells clients to come back spread out, lets handlers finish, acknowledges, closes with
   * 1012, and closes the broker. New upgrades get 503 meanwhile. Nothing is left when it settles.
   * Calling it again answers the same promise.
   */
  close(options: CloseOptions = {}): Promise<void> {
    const spreadMs = checkedInteger('spreadMs', options.spreadMs, [5_000, 0, TIMER_MS_MAX]);
    const timeoutMs = checkedInteger('timeoutMs', options.timeoutMs, [10_000, 0, TIMER_MS_MAX]);
    this.closed ??= this.end(spreadMs, now() + timeoutMs);
    return this.closed;
  }

  private async end(spreadMs: number, deadline: number): Promise<void> {
    const { clients, hub, broker } = this.context;
    this.context.isLeaving = true;
    const servers = lineServers();
    if (servers.get(this.path) === this) servers.delete(this.path);
    for (const connection of this.connections) connection.goAway('restarting', spreadMs);
    await within(deadline - now(), clients.idle());
    clients.acks.flush();
    for (const connection of [...this.connections]) connection.close(1012, 'restarting');
    await within(deadline - now(), this.allGone());
    for (const connection of [...this.connections]) connection.terminate();
    await this.allGone();
    for (const detach of [...this.attached.values()]) detach();
    this.gate.close();
    this.sweep.stop();
    this.stopSignals();
    hub.close();
    await broker.close();
  }

  private allGone(): Promise<void> {
    if (this.connections.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.onEmpty = resolve;
    });
  }

  private admit(admitted: Admitted): void {
    const { counters, handlers } = this.context;
    const { userId, address, socket } = admitted;
    const isOpenline = socket.protocol === 'openline.1';
    const Kind = isOpenline ? OpenlineConnection : PlainConnection;
    const connection = new Kind(this.host, admitted);
    connection.recheckAt = nextRecheckAt(this.context, now());
    this.connections.add(connection);
    this.sweep.start();
    counters.connections += 1;
    counters.opened += 1;
    const protocol = isOpenline ? 'openline.1' : 'plain';
    report(handlers.onEvent, { type: 'opened', user: userId, protocol, address });
    this.users.add(connection);
    if (this.revocations.isRevoked(userId, admitted.begunAt)) {
      connection.close(4401, 'no longer authenticated');
    }
    if (connection instanceof PlainConnection) void connection.start(admitted.request.url ?? '');
  }

  private forget(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    this.context.counters.connections -= 1;
    if (this.connections.size === 0) this.onEmpty?.();
  }

  private endUser(user: string): void {
    this.revocations.add(user, now());
    for (const connection of this.users.of(user)) {
      connection.close(4401, 'no longer authenticated');
    }
  }
}
