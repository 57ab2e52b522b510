import type { Client } from './client.js';

const DELAY_MS = 25; // PROTOCOL.md: at most 50 ms or 32 messages
const MESSAGES_MAX = 32;

/** Acknowledgements that wait for a few more: one timer for all clients. */
export class AckBatch {
  private readonly due = new Map<Client, number>();
  private timer: NodeJS.Timeout | undefined;

  /** One more message of this client is to be acknowledged. */
  add(client: Client): void {
    const count = (this.due.get(client) ?? 0) + 1;
    if (count >= MESSAGES_MAX) {
      this.due.delete(client);
      client.acknowledge();
      return;
    }
    this.due.set(client, count);
    this.timer ??= setTimeout(() => this.flush(), DELAY_MS).unref();
  }

  /** What was to be acknowledged has been, or nobody is there to hear it. */
  forget(client: Client): void {
    this.due.delete(client);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const due = [...this.due.keys()];
    this.due.clear();
    for (const client of due) client.acknowledge();
  }
}
