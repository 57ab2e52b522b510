import type { Origin } from './broker.js';

interface Client {
  cursor: number | null;
  /** The newest publication of a handler. */
  seq: number;
  ordinal: number;
  touchedAt: number;
}

/**
 * What is remembered of clients: up to where their messages were handled, and what the handlers
 * have published. The one that has been silent for longest goes first.
 */
export class ClientLedger {
  /** Oldest first. */
  private readonly clients = new Map<string, Client>();

  constructor(
    private readonly clientsMax: number,
    private readonly ttlMs: number,
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.clients.size;
  }

  cursor(name: string): number | null {
    this.dropExpired();
    return this.clients.get(name)?.cursor ?? null;
  }

  advance(name: string, seq: number): boolean {
    const client = this.touch(name);
    if (client.cursor !== null && client.cursor !== seq - 1) return false;
    client.cursor = seq;
    return true;
  }

  /** Whether this publication is new; from then on it is not. */
  admit({ client: name, seq, ordinal }: Origin): boolean {
    const client = this.touch(name);
    if (seq < client.seq || (seq === client.seq && ordinal <= client.ordinal)) return false;
    client.seq = seq;
    client.ordinal = ordinal;
    return true;
  }

  clear(): void {
    this.clients.clear();
  }

  private touch(name: string): Client {
    this.dropExpired();
    const known = this.clients.get(name);
    const client = known ?? { cursor: null, seq: 0, ordinal: 0, touchedAt: 0 };
    client.touchedAt = this.now();
    if (known !== undefined) this.clients.delete(name);
    this.clients.set(name, client);
    if (this.clients.size > this.clientsMax) this.dropOldest();
    return client;
  }

  private dropExpired(): void {
    const oldest = this.now() - this.ttlMs;
    for (const [name, { touchedAt }] of this.clients) {
      if (touchedAt > oldest) return;
      this.clients.delete(name);
    }
  }

  private dropOldest(): void {
    for (const name of this.clients.keys()) {
      this.clients.delete(name);
      return;
    }
  }
}
