import { batchFrame } from './batch.js';
import type { Client } from './client.js';
import { type ClientFrame, type Hello, type MessageFrame, readClientFrame } from './clientFrame.js';
import { Connection, type Greeting } from './connection.js';
import { serverFrame, type Welcome } from './serverFrame.js';
import type { Run } from './subscriber.js';
import { subscribe } from './subscribing.js';

/** `greeting`: no HELLO yet. `welcoming`: no WELCOME yet. */
type Phase = 'greeting' | 'welcoming' | 'open';

type QueuedFrame = Exclude<ClientFrame, Hello> & { readonly bytes: number };

const GREETINGS = { greeting: 'waiting', welcoming: 'answering', open: 'done' } as const;
// Of frames behind one that is being answered; then nothing more is read.
const RUNS_MAX = 8_192; // of a frame
const WAITING_MAX = 64;
const WAITING_BYTES_MAX = 262_144; // of JSON, which takes 20 times as much when it is parsed

/** A connection that speaks openline.1. */
export class OpenlineConnection extends Connection {
  private phase: Phase = 'greeting';
  private client: Client | null = null;
  private isBusy = false;
  private waiting: QueuedFrame[] | null = null;
  private waitingBytes = 0;
  private runs: [Run, ...Run[]] | null = null;

  get isOpen(): boolean {
    return this.phase === 'open' && !this.isClosing;
  }

  get greeting(): Greeting {
    return GREETINGS[this.phase];
  }

  protected get isBacklogged(): boolean {
    return (this.waiting?.length ?? 0) >= WAITING_MAX || this.waitingBytes >= WAITING_BYTES_MAX;
  }

  take(run: Run): void {
    if (this.runs) this.runs.push(run);
    else this.runs = [run];
    this.context.counters.runs += 1;
  }

  flush(): void {
    const runs = this.runs;
    this.runs = null;
    if (!runs || !this.isOpen) return;
    while (runs.length > RUNS_MAX) this.send(batchFrame(runs.splice(0, RUNS_MAX) as typeof runs));
    this.send(batchFrame(runs));
  }

  resync(index: number, epoch: string, top: number): void {
    if (!this.isOpen) return;
    this.context.counters.resyncs += 1;
    this.send(serverFrame.resync(index, [epoch, top]));
  }

  probe(): void {
    if (this.isOpen) this.send(serverFrame.heartbeat(this.client?.cursor ?? 0));
  }

  goAway(reason: string, spreadMs: number): void {
    if (!this.isOpen) return;
    this.send(serverFrame.goaway({ code: 1012, reason, afterMs: 0, spreadMs }));
  }

  refuseStream(stream: string): void {
    this.unsubscribe(stream);
    if (this.isOpen) this.send(serverFrame.ended(stream, 4403, 'not allowed'));
  }

  override close(code: number, reason: string): void {
    // Who is nobody any more has nothing handled; of others what has arrived still is.
    if (code === 4401 || code === 4403) this.client?.drop(this);
    super.close(code, reason);
    this.release();
  }

  override closed(code: number, reason: string): void {
    super.closed(code, reason);
    this.release();
  }

  protected receiveText(text: string, bytes: number): void {
    const frame = readClientFrame(text);
    if (frame === null) {
      this.close(4400, 'malformed frame');
      return;
    }
    if (frame.kind === 'hello') {
      this.receiveHello(frame);
      return;
    }
    if (this.phase === 'greeting') {
      this.close(4400, 'HELLO comes first');
      return;
    }
    if (this.isBusy) {
      this.wait({ ...frame, bytes });
      return;
    }
    this.handle({ ...frame, bytes });
  }

  private receiveHello(hello: Hello): void {
    if (this.phase !== 'greeting') {
      this.close(4400, 'HELLO comes once');
      return;
    }
    this.phase = 'welcoming';
    this.occupy(this.welcome(hello));
  }

  private async welcome({ client, next, streams }: Hello): Promise<void> {
    const { clients, settings } = this.context;
    const id = { user: this.userId, client, next };
    const [greeted, answers] = await Promise.all([
      clients.greet(this.context, this, id).catch((error: unknown) => this.fail(error)),
      subscribe(this, streams),
    ]);
    if (greeted) this.client = greeted;
    if (this.isClosing) {
      this.release();
      return;
    }
    if (!greeted || !answers) return;
    const { frameBytes, messageWindow } = settings.limits;
    const welcome: Welcome = {
      hb: settings.heartbeatMs,
      idle: settings.idleMs,
      max: frameBytes,
      win: messageWindow,
      ack: greeted.welcome(),
      s: answers.map(({ answer }) => answer),
    };
    this.phase = 'open';
    this.send(serverFrame.welcome(welcome));
    greeted.repeatAnswers();
    for (const { start } of answers) start();
  }

  /** What is answered later keeps its place: the frames behind it wait. */
  private occupy(answered: Promise<void>): void {
    this.isBusy = true;
    const next = () => {
      this.isBusy = false;
      this.handleWaiting();
    };
    answered.then(next).catch((error: unknown) => this.fail(error));
  }

  private wait(frame: QueuedFrame): void {
    if (frame.kind === 'heartbeat' && this.isOpen) {
      this.handle(frame);
      return;
    }
    this.waiting ??= [];
    this.waiting.push(frame);
    this.waitingBytes += frame.bytes;
    if (this.isBacklogged) this.socket.pause();
  }

  private handleWaiting(): void {
    while (!this.isBusy && this.waiting && !this.isClosing) {
      const frame = this.takeWaiting();
      if (frame) this.handle(frame);
      if (this.waiting.length === 0) this.waiting = null;
    }
    if (!this.isClosing) this.readOn();
  }

  private takeWaiting(): QueuedFrame | undefined {
    const frame = this.waiting?.shift();
    this.waitingBytes -= frame?.bytes ?? 0;
    return frame;
  }

  private handle(frame: QueuedFrame): void {
    switch (frame.kind) {
      case 'message':
        this.receiveMessage(frame, frame.bytes);
        return;
      case 'subscribe':
        this.occupy(this.subscribe(frame));
        return;
      case 'unsubscribe':
        this.unsubscribe(frame.stream);
        return;
      case 'recover':
        this.context.hub.recover(this, frame.index, frame.position);
        return;
      case 'heartbeat':
        this.client?.heard(frame.ack);
        if (frame.asks) this.probe();
        return;
      case 'unknown':
        return;
      default:
        frame satisfies never;
    }
  }

  private receiveMessage(frame: MessageFrame, bytes: number): void {
    if (this.context.isLeaving) return; // not acknowledged, so it comes to another server
    const reception = this.client?.receive(frame, bytes, this);
    if (reception === 'gap') this.close(4400, `message ${frame.seq} leaves out one before it`);
    if (reception === 'full') this.close(4400, 'more messages than the window allows');
  }

  private async subscribe(first: QueuedFrame & { readonly kind: 'subscribe' }): Promise<void> {
    // Those behind it are authorised in the same turn, and answered in their order. A stream that
    // comes again waits for the answer, or a flood would have its history read thousands of times.
    const requests = [first];
    const streams = new Set([first.stream]);
    for (let next = this.waiting?.[0]; next?.kind === 'subscribe'; next = this.waiting?.[0]) {
      if (streams.has(next.stream)) break;
      streams.add(next.stream);
      requests.push(next);
      this.takeWaiting();
    }
    for (const { answer, start } of (await subscribe(this, requests)) ?? []) {
      this.send(serverFrame.subscribed(answer));
      start();
    }
  }

  private release(): void {
    if (this.client) this.context.clients.release(this.client, this);
  }
}
