import { OL_RECEIVED } from './abi.js';
import type { Dialect, DialectLine } from './dialect.js';
import type { Outgoing } from './outgoing.js';
import { shielded } from './shielded.js';

/** The dialect of any WebSocket server: messages pass through as they are, by handle. */
export class PlainDialect implements Dialect {
  /** The socket of which the core let a message through, and when that was. */
  private passing = 0;
  private entries = 0;

  constructor(
    private readonly line: DialectLine,
    readonly out: Outgoing,
  ) {}

  received(socket: number, event: MessageEvent): void {
    const { entry, voice, sink } = this.line;
    this.out.heard();
    if (this.isGathered(socket, event.data)) return;
    const handle = this.out.values.keep(event);
    if (this.line.isBusy || voice.knowsReplies) {
      entry.enter((abi, line) => abi.lineSocketMessage(line, socket, handle));
      // Behind the message: whoever is asked may close the line, and the message has come in
      // before.
      shielded(() => {
        if (!voice.isReply(event)) return;
        entry.enter((abi, line) => abi.lineReplied(line, socket));
      });
      this.line.wake();
    } else {
      this.receive(socket, handle, event);
    }
    // Trapped on its way through the core: it has come in all the same.
    if (!entry.isOpen && this.out.values.peek(handle) === event) {
      shielded(() => sink.record({ kind: 'message', event }));
    }
  }

  /**
   * The shortest way, past the core: it would let the message through like the one before, because
   * nothing has happened in between.
   */
  private isGathered(socket: number, data: unknown): boolean {
    const { entry, voice, sink } = this.line;
    return (
      socket === this.passing &&
      this.entries === entry.entries &&
      typeof data === 'string' &&
      !voice.knowsReplies &&
      (sink.gather?.(data) ?? false)
    );
  }

  /** The short way, at high rates: most messages are all that there is to tell. */
  private receive(socket: number, handle: number, event: MessageEvent): void {
    const answer = this.line.entry.enter((abi, line) => abi.lineReceive(line, socket, handle));
    if (answer === OL_RECEIVED) {
      this.out.values.take(handle);
      this.passing = socket;
      this.entries = this.line.entry.entries;
      this.line.deliver(event);
    } else {
      this.line.wake();
    }
  }

  greet(_socket: number, raw: WebSocket): void {
    if (raw === this.out.gate.current) shielded(() => this.line.voice.greet(raw));
  }

  start(): void {}
  stop(): void {}
  foresee(): void {}

  pass(): boolean {
    return false;
  }
}
