import { Connection, type Greeting } from './connection.js';
import { isDeeper } from './jsonText.js';
import { handleMessage, type Outcome } from './messageHandler.js';
import { isStreamName } from './streamName.js';
import type { Run } from './subscriber.js';
import { subscribe } from './subscribing.js';

interface PlainMessage {
  readonly bytes: number;
  readonly stream: string;
  readonly value: unknown;
  readonly tooDeep: boolean;
}

// Of messages behind one that is being handled; then nothing more is read.
const WAITING_MAX = 64;
const WAITING_BYTES_MAX = 262_144; // of JSON, which takes 20 times as much when it is parsed
const DEPTH_MAX = 128;

/**
 * A connection that speaks no openline.1: JSON both ways, nothing acknowledged, nothing resumed.
 * The streams are those of the query string. It gets `{"stream", "data"}` for each publication from
 * now on and `{"error": {"code", "text", "stream"}}` for what is refused; it sends
 * `{"stream", "data"}` and gets `{"stream", "reply"}` where the handler answers. What history
 * cannot cover is left out without a word.
 */
export class PlainConnection extends Connection {
  private readonly indexes = new Map<number, string>();
  private queue: PlainMessage[] = [];
  private queuedBytes = 0;
  private isRunning = false;
  private texts: string[] | null = null;

  /** Subscribes to the streams that the URL of the request names. */
  async start(url: string): Promise<void> {
    const names = new Set(new URLSearchParams(url.split('?', 2)[1]).getAll('stream'));
    const streams = [...names].filter(isStreamName);
    if (streams.length < names.size) this.sendError(4400, 'no name of a stream', '');
    const requests = streams.map((stream) => ({ stream, from: null }));
    const answered = (await subscribe(this, requests)) ?? [];
    for (const { answer, start } of answered) {
      if (answer[1] === null) this.sendError(answer[2], answer[3], answer[0]);
      else this.indexes.set(answer[1], answer[0]);
      start();
    }
  }

  get greeting(): Greeting {
    return 'done';
  }

  protected get isBacklogged(): boolean {
    return this.queue.length >= WAITING_MAX || this.queuedBytes >= WAITING_BYTES_MAX;
  }

  take({ stream, entries }: Run): void {
    this.context.counters.runs += 1;
    this.texts ??= [];
    const head = `{"stream":${JSON.stringify(stream)},"data":`;
    for (const { payload } of entries) this.texts.push(`${head}${asText(payload)}}`);
  }

  flush(): void {
    const texts = this.texts ?? [];
    this.texts = null;
    for (const text of texts) this.send(text);
  }

  /** There is no way to tell, so it goes on from where the stream is now. */
  resync(index: number): void {
    const stream = this.indexes.get(index);
    if (stream === undefined || this.isClosing) return;
    this.context.counters.resyncs += 1;
    this.indexes.delete(index);
    void this.rejoin(stream);
  }

  /** A WebSocket ping; browsers answer by themselves. */
  probe(): void {
    if (!this.isClosing) this.socket.ping();
  }

  goAway(): void {}

  refuseStream(stream: string): void {
    this.unsubscribe(stream);
    this.sendError(4403, 'not allowed', stream);
  }

  override close(code: number, reason: string): void {
    // Who is nobody any more has nothing handled; of others what has arrived still is.
    if (code === 4401 || code === 4403) this.drop();
    super.close(code, reason);
  }

  protected receiveText(text: string, bytes: number): void {
    const message = readPlainMessage(text, bytes);
    if (!message) {
      this.close(4400, 'not {"stream", "data"}');
      return;
    }
    if (this.context.isLeaving) return;
    this.context.counters.messages += 1;
    this.queue.push(message);
    this.queuedBytes += bytes;
    if (this.isBacklogged) this.socket.pause();
    if (!this.isRunning) void this.run();
  }

  private async rejoin(stream: string): Promise<void> {
    try {
      const joined = await this.context.hub.join(this, stream, null);
      if (!this.streams.has(stream)) {
        this.context.hub.leave(this, stream);
        return;
      }
      this.indexes.set(joined.index, stream);
      joined.start();
    } catch (error) {
      this.fail(error);
    }
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    this.context.clients.begun();
    for (let next = this.takeQueued(); next; next = this.takeQueued()) {
      const { user, userId } = this;
      const outcome = await handleMessage(this.context, { ...next, user, userId, origin: null });
      this.answer(next.stream, outcome);
      this.readOn();
    }
    this.isRunning = false;
    this.context.clients.ended();
  }

  private takeQueued(): PlainMessage | undefined {
    const next = this.queue.shift();
    this.queuedBytes -= next?.bytes ?? 0;
    return next;
  }

  private drop(): void {
    this.queue = [];
    this.queuedBytes = 0;
  }

  private answer(stream: string, outcome: Outcome): void {
    const { counters } = this.context;
    switch (outcome.kind) {
      case 'failed':
        this.drop();
        this.close(4500, 'a message could not be handled');
        return;
      case 'rejected':
        counters.handled += 1;
        counters.rejected += 1;
        this.sendError(outcome.code, outcome.text, stream);
        return;
      case 'done':
        counters.handled += 1;
        if (outcome.reply === null) return;
        this.send(`{"stream":${JSON.stringify(stream)},"reply":${outcome.reply}}`);
        return;
      default:
        outcome satisfies never;
    }
  }

  private sendError(code: number, text: string, stream: string): void {
    this.send(JSON.stringify({ error: { code, text, stream } }));
  }
}

function readPlainMessage(text: string, bytes: number): PlainMessage | null {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof frame !== 'object' || frame === null) return null;
  const { stream, data } = frame as { readonly stream?: unknown; readonly data?: unknown };
  if (!isStreamName(stream) || data === undefined) return null;
  return { bytes, stream, value: data, tooDeep: isDeeper(text, DEPTH_MAX) };
}

function asText(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
}
