import type { MessageFrame } from './clientFrame.js';
import { type Context, fail, now } from './context.js';
import { handleMessage, type Outcome } from './messageHandler.js';
import { serverFrame } from './serverFrame.js';
import { UnheardAnswers } from './unheardAnswers.js';

/** A connection as its client sees it. */
export interface ClientConnection {
  readonly user: unknown;
  readonly userId: string;
  /** WELCOME is out, and nobody has closed it. */
  readonly isOpen: boolean;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** `gap`: it leaves out a number. `full`: more is unacknowledged than the window allows. */
export type Reception = 'taken' | 'gap' | 'full';

interface Waiting {
  readonly frame: MessageFrame;
  readonly bytes: number;
  readonly user: unknown;
  readonly userId: string;
}

const PAYLOAD_BYTES_MAX = 262_144; // PROTOCOL.md, rule 13
/** What stands around a payload: a name of 256 bytes, each of which may be escaped in 6. */
const ENVELOPE_BYTES_MAX = 1_600;

/** An answer that was sent this long ago was heard, or its connection has been given up since. */
const ANSWER_TTL_MS = 300_000;

/** One line of one page: its messages are handled one at a time, whichever sockets they come by. */
export class Client {
  readonly key: string;
  connection: ClientConnection | null = null;
  private readonly context: Context;
  private settled = 0;
  /** The newest seq that the present connection has sent. */
  private received = 0;
  /** The newest seq that is handled or waits to be. */
  private queued = 0;
  private queue: Waiting[] = [];
  private queuedBytes = 0;
  private isRunning = false;
  /** The seq of the message that is being handled; 0: none is. */
  private handling = 0;
  private unheard: UnheardAnswers | null = null;

  constructor(key: string, context: Context) {
    this.key = key;
    this.context = context;
  }

  /** Everything up to here is settled. */
  get cursor(): number {
    return this.settled;
  }

  get isIdle(): boolean {
    return !this.isRunning && this.queue.length === 0;
  }

  /** An answer may have been lost with its connection, and is wanted on the next one. */
  get hasUnheard(): boolean {
    return this.unheard !== null && this.unheard.size > 0;
  }

  get unheardCharacters(): number {
    return this.unheard?.characters ?? 0;
  }

  attach(connection: ClientConnection): void {
    const older = this.connection;
    this.connection = connection;
    older?.close(4409, 'replaced by a newer connection');
  }

  detach(connection: ClientConnection): void {
    if (this.connection === connection) this.connection = null;
  }

  /** Another server, or the client itself, knows that this much is settled. */
  learn(settled: number): void {
    this.settled = Math.max(this.settled, settled);
    this.queued = Math.max(this.queued, this.settled);
  }

  /** The client knows that everything up to here is settled, and with which answers. */
  heard(seq: number): void {
    this.unheard?.heard(seq);
  }

  /**
   * Answers what WELCOME acknowledges: no message whose answer may not have been heard. From here
   * the connection sends on.
   */
  welcome(): number {
    this.received = this.settled;
    const first = this.unheard?.first ?? null;
    return first === null ? this.settled : Math.min(this.settled, first - 1);
  }

  /** WELCOME is out: what may not have been heard is said again. */
  repeatAnswers(): void {
    if (!this.hasUnheard) return;
    for (const frame of this.unheard?.frames ?? []) this.send(frame);
    this.acknowledge();
  }

  receive(frame: MessageFrame, bytes: number, sender: ClientConnection): Reception {
    const { counters, settings } = this.context;
    counters.messages += 1;
    if (frame.seq > this.received + 1) return 'gap';
    this.received = Math.max(this.received, frame.seq);
    if (frame.seq <= this.queued) {
      if (frame.seq <= this.settled) this.acknowledgeAgain();
      return 'taken';
    }
    const { messageWindow, frameBytes } = settings.limits;
    const bytesMax = PAYLOAD_BYTES_MAX + messageWindow * ENVELOPE_BYTES_MAX + frameBytes;
    const isFull = this.queue.length >= messageWindow || this.queuedBytes + bytes > bytesMax;
    if (isFull) return 'full';
    this.queued = frame.seq;
    this.queuedBytes += bytes;
    this.queue.push({ frame, bytes, user: sender.user, userId: sender.userId });
    if (!this.isRunning) void this.run();
    return 'taken';
  }

  /**
   * Takes back what waits: its sender is nobody any more. What waits when a newer connection has
   * taken the place of `sender` is that one's, and it would not send it again.
   */
  drop(sender: ClientConnection): void {
    if (this.connection === sender) this.empty(Math.max(this.settled, this.handling));
  }

  private empty(queued: number): void {
    this.queue = [];
    this.queuedBytes = 0;
    this.queued = queued;
  }

  acknowledge(): void {
    this.send(serverFrame.ack(this.settled));
  }

  private acknowledgeAgain(): void {
    this.context.counters.repeated += 1;
    this.context.clients.acks.add(this);
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    this.context.clients.begun();
    for (let next = this.take(); next; next = this.take()) {
      if (next.frame.seq <= this.settled) this.acknowledgeAgain();
      else await this.handle(next);
    }
    this.isRunning = false;
    this.context.clients.ended(this);
  }

  private take(): Waiting | undefined {
    const next = this.queue.shift();
    if (next) this.queuedBytes -= next.bytes;
    return next;
  }

  private async handle({ frame, user, userId }: Waiting): Promise<void> {
    const { seq } = frame;
    const origin = { client: this.key, seq };
    this.handling = seq;
    let outcome = await handleMessage(this.context, { ...frame, user, userId, origin });
    if (outcome.kind !== 'failed' && !(await this.commit(seq))) outcome = { kind: 'failed' };
    this.handling = 0;
    if (outcome.kind === 'failed') {
      this.giveBack();
      return;
    }
    this.learn(seq);
    this.answer(seq, outcome);
  }

  /**
   * A cursor that was not `seq - 1` has been moved by another server that had the same message, or
   * is behind what the client knows to be settled. Either way `seq` is handled.
   */
  private async commit(seq: number): Promise<boolean> {
    try {
      await this.context.broker.advance(this.key, seq);
      return true;
    } catch (error) {
      fail(this.context, 'broker', error);
      return false;
    }
  }

  /** The order must hold, so with the one that failed all behind it are the client's again. */
  private giveBack(): void {
    this.empty(this.settled);
    this.connection?.close(4500, 'a message could not be handled');
  }

  private answer(seq: number, outcome: Exclude<Outcome, { kind: 'failed' }>): void {
    const { counters, clients } = this.context;
    counters.handled += 1;
    if (outcome.kind === 'rejected') {
      counters.rejected += 1;
      clients.acks.forget(this); // NACK settles all before it as well
      this.tell(seq, serverFrame.nack(seq, outcome.code, outcome.text));
      return;
    }
    if (outcome.reply !== null) this.tell(seq, serverFrame.reply(seq, outcome.reply));
    clients.acks.add(this);
  }

  private tell(seq: number, frame: string): void {
    this.unheard ??= new UnheardAnswers(ANSWER_TTL_MS);
    this.unheard.add({ seq, frame, at: now() });
    this.send(frame);
  }

  private send(text: string): void {
    if (this.connection?.isOpen) this.connection.send(text);
  }
}
