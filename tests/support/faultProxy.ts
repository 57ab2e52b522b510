import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, Socket } from 'node:net';
import { type Direction, Flow } from './faultFlow.js';

/** What the way through the proxy is like; what is left out is as usual. */
export interface Conditions {
  /** Every byte is on its way for so long, in each direction. */
  readonly latencyMs?: number;
  /** No more than this passes, for each connection and direction. */
  readonly bytesPerSecond?: number;
  /** What came in one piece goes on in pieces of at most so many bytes. */
  readonly sliceBytes?: number;
  /**
   * Nothing passes in this direction, neither bytes nor the end of a connection, and both peers go
   * on believing that all is well. A connection that lived through it stays dead in that direction,
   * as its bytes are gone; what connects afterwards is sound.
   */
  readonly blackhole?: Direction | 'both';
  /** Who connects is reset. */
  readonly isRefusing?: boolean;
}

export interface Counts {
  /** Connections from the client that were taken, and those that were refused. */
  accepted: number;
  refused: number;
  /** Bytes that went on, towards the server and towards the client. */
  bytesUp: number;
  bytesDown: number;
  /** Bytes that a blackhole took, or that came after a half-close, in both directions. */
  bytesLost: number;
}

/** A way between a client and a server on this machine, whose faults a test switches as it runs. */
export class FaultProxy {
  readonly counts: Counts = { accepted: 0, refused: 0, bytesUp: 0, bytesDown: 0, bytesLost: 0 };
  private conditions: Conditions = {};
  private readonly links = new Set<Link>();
  private readonly server: Server;

  private constructor(private readonly serverPort: number) {
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      this.accept(client),
    );
  }

  /** Starts one before a server's port. */
  static async before(serverPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(serverPort);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Connections that the client has not closed. */
  get live(): number {
    return [...this.links].filter(({ hasClient }) => hasClient).length;
  }

  /** Sets all conditions, for the connections that there are as well. `{}` lets all pass. */
  set(conditions: Conditions): void {
    this.conditions = conditions;
    for (const link of this.links) link.set(conditions);
  }

  /** Ends every connection with a reset (RST) to both peers. */
  reset(): void {
    for (const link of this.links) link.reset();
  }

  /** Ends every connection in one direction (FIN); the other direction stays open. */
  halfClose(direction: Direction): void {
    for (const link of this.links) link.halfClose(direction);
  }

  /** Ends everything; it leaves no socket and no timer behind. */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.reset();
    await closed;
  }

  private accept(client: Socket): void {
    if (this.conditions.isRefusing) {
      this.counts.refused += 1;
      client.on('error', () => {});
      client.resetAndDestroy();
      return;
    }
    this.counts.accepted += 1;
    const { blackhole } = this.conditions;
    const link = new Link(client, toServer(this.serverPort, blackhole), this.counts);
    this.links.add(link);
    link.set(this.conditions);
    link.onGone = () => this.links.delete(link);
  }
}

/** Connected, unless the wish to connect would be lost on its way as well. */
function toServer(port: number, blackhole: Conditions['blackhole']): Socket {
  if (blackhole === 'up' || blackhole === 'both') return new Socket();
  return connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
}

/** One connection of a client and the one to the server that belongs to it. */
class Link {
  onGone = () => {};
  private readonly up: Flow;
  private readonly down: Flow;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    counts: Counts,
  ) {
    this.up = new Flow(client, server, (bytes, isLost) => {
      counts[isLost ? 'bytesLost' : 'bytesUp'] += bytes;
    });
    this.down = new Flow(server, client, (bytes, isLost) => {
      counts[isLost ? 'bytesLost' : 'bytesDown'] += bytes;
    });
    for (const socket of [client, server]) {
      socket.on('close', () => {
        if (client.destroyed && server.destroyed) this.onGone();
      });
    }
  }

  get hasClient(): boolean {
    return !this.client.destroyed && !this.client.readableEnded;
  }

  set(conditions: Conditions): void {
    const { blackhole } = conditions;
    this.up.set({ ...conditions, isBlackhole: blackhole === 'up' || blackhole === 'both' });
    this.down.set({ ...conditions, isBlackhole: blackhole === 'down' || blackhole === 'both' });
  }

  halfClose(direction: Direction): void {
    this[direction].end();
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }
}
