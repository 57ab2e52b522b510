import { AckBatch } from './ackBatch.js';
import { Client, type ClientConnection } from './client.js';
import { type Context, now } from './context.js';

/** How long a client that has gone may come back for answers it has not heard, and how many may. */
const PARTED_MS = 300_000;
const PARTED_MAX = 10_000;
/** Of all their answers: a page may take ids anew all day, and each may leave 256 Ki behind. */
const PARTED_CHARACTERS_MAX = 16_777_216;

interface Parted {
  readonly at: number;
  readonly characters: number;
}

/**
 * The clients that have a connection or a message in hand, and for a while those that left without
 * having heard each answer. What was handled outlives them in the broker's cursors.
 */
export class Clients {
  readonly acks = new AckBatch();
  private readonly clients = new Map<string, Client>();
  /** Who has gone with answers unheard; the first has been away for longest. */
  private readonly parted = new Map<Client, Parted>();
  private partedCharacters = 0;
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  get size(): number {
    return this.clients.size;
  }

  /**
   * Makes `connection` the one of its client and closes the one before. What was handled is known
   * when the promise is settled. Rejects with what the broker throws.
   */
  async greet(context: Context, connection: ClientConnection, id: ClientId): Promise<Client> {
    // A client id has a fixed length, so no two pairs make one key.
    const key = `${id.client}${id.user}`;
    const client = this.clients.get(key) ?? new Client(key, context);
    this.clients.set(key, client);
    this.takeBack(client);
    client.attach(connection);
    try {
      const known = await context.broker.cursor(key);
      client.learn(Math.max(known ?? 0, id.next - 1));
      client.heard(id.next - 1);
      return client;
    } catch (error) {
      this.release(client, connection);
      throw error;
    }
  }

  /** The connection is gone; what it brought is still handled. */
  release(client: Client, connection: ClientConnection): void {
    client.detach(connection);
    this.forgetIdle(client);
  }

  /** Messages of one client, or of a plain connection, are being handled. */
  begun(): void {
    this.busy += 1;
  }

  /** It has handled all that it had. */
  ended(client?: Client): void {
    this.busy -= 1;
    if (client) this.forgetIdle(client);
    if (this.busy > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Settles when no message is being handled or waits for it. */
  idle(): Promise<void> {
    if (this.busy === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private forgetIdle(client: Client): void {
    if (!client.isIdle || client.connection) return;
    this.acks.forget(client);
    if (client.hasUnheard) this.part(client, now());
    else this.forget(client);
    this.forgetParted(now() - PARTED_MS);
  }

  private part(client: Client, at: number): void {
    this.takeBack(client);
    const characters = client.unheardCharacters;
    this.parted.set(client, { at, characters });
    this.partedCharacters += characters;
  }

  private takeBack(client: Client): void {
    this.partedCharacters -= this.parted.get(client)?.characters ?? 0;
    this.parted.delete(client);
  }

  private forgetParted(oldest: number): void {
    for (const [client, { at }] of this.parted) {
      const isFull = this.parted.size > PARTED_MAX || this.partedCharacters > PARTED_CHARACTERS_MAX;
      if (at > oldest && !isFull) return;
      this.takeBack(client);
      this.forget(client);
    }
  }

  private forget(client: Client): void {
    if (this.clients.get(client.key) === client) this.clients.delete(client.key);
  }
}

export interface ClientId {
  readonly user: string;
  readonly client: string;
  /** The first seq that the client does not know to be settled. */
  readonly next: number;
}
