import type { Broker } from './broker.js';

/** Tells the broker which users are subscribed to what, one connection at a time. */
export class Presence {
  private readonly broker: Broker;
  private readonly onFailure: (error: unknown, stream: string) => void;

  constructor(broker: Broker, onFailure: (error: unknown, stream: string) => void) {
    this.broker = broker;
    this.onFailure = onFailure;
  }

  attend(stream: string, user: string, change: 1 | -1): void {
    // A presence that cannot be told is no reason to cut a connection that works.
    try {
      const told = this.broker.attend(stream, user, change);
      if (told instanceof Promise) told.catch((error: unknown) => this.onFailure(error, stream));
    } catch (error) {
      this.onFailure(error, stream);
    }
  }

  /** Who is subscribed to this stream, each user once. */
  async of(stream: string): Promise<readonly string[]> {
    return await this.broker.presence(stream);
  }
}
