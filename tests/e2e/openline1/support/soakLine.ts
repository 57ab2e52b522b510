import {
  defineLine,
  messages,
  type OpenedLine,
  openLine,
  type Position,
  type StreamReader,
} from '../../../../js/src/index.js';
import type { CounterValues } from '../../../../js/src/server/index.js';
import type { ChildServer } from './childServer.js';
import { BoardJudge, GapJudge, HeardJudge, LogJudge, type Numbered } from './judges.js';
import { isRejected, Sender, takenAfter } from './sender.js';
import type { Story } from './story.js';

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT = { minDelayMs: 20, baseDelayMs: 50, maxDelayMs: 400, stableAfterMs: 300 };
/** More than waits in the longest outage. */
const QUEUE = { maxMessages: 10_000, maxBytes: 4 * 1024 * 1024 };

const state = {
  log: messages<Numbered>({ stream: 'log' }),
  board: messages<Numbered>({ stream: 'board' }),
  tiny: messages<Numbered>({ stream: 'tiny' }),
  heard: messages<{ user: string; n: number }>({ stream: 'heard' }),
};
type Stream = keyof typeof state;

/** What the server knows at the end. */
export interface Account {
  readonly published: Readonly<Record<Stream, number>>;
  readonly board: ReadonlyMap<string, number>;
  readonly handled: ReadonlyMap<string, number>;
  readonly violations: readonly string[];
  readonly counters: CounterValues;
}

/** How a line is used: with a snapshot of the stream that has gaps, or from now on. */
export interface SoakLineOptions {
  readonly name: string;
  readonly port: number;
  readonly server: ChildServer;
  readonly story: Story;
  readonly isAnchored: boolean;
}

/** A line whose readers and messages are judged. */
export class SoakLine {
  readonly name: string;
  outages = 0;
  longestOutageMs = 0;
  readonly sender: Sender;
  readonly gaps: GapJudge;
  private readonly log: LogJudge;
  private readonly board: BoardJudge;
  private readonly heard: HeardJudge;
  private readonly line: OpenedLine;
  private readonly readers: Record<Stream, StreamReader>;
  private status = '';

  static async open(options: SoakLineOptions): Promise<SoakLine> {
    const at = (stream: Stream) => options.server.ask<Position>('snapshot', stream);
    const tiny = options.isAnchored ? await at('tiny') : null;
    return new SoakLine(options, { log: await at('log'), tiny });
  }

  private constructor(
    private readonly options: SoakLineOptions,
    from: { log: Position; tiny: Position | null },
  ) {
    const { name, port } = options;
    this.name = name;
    const definition = defineLine(`ws://127.0.0.1:${port}/openline?user=${name}`, {
      state,
      reconnect: RECONNECT,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      queue: QUEUE,
    });
    this.log = new LogJudge(this.blaming('log'), from.log);
    this.board = new BoardJudge(this.blaming('board'));
    this.gaps = new GapJudge(this.blaming('tiny'), from.tiny);
    this.heard = new HeardJudge(this.blaming('heard'), takenAfter);
    this.line = openLine(definition, {
      onResync: ({ stream, top }) => this.resync(stream, top),
      onOutage: ({ downMs }) => {
        this.outages += 1;
        this.longestOutageMs = Math.max(this.longestOutageMs, downMs);
      },
      onError: (error) => this.blame(`the line says ${error.code}: ${error.message}`),
      onDenied: ({ stream }) => this.blame(`${stream} was denied`),
      onDrop: ({ cause }) => this.blame(`a message was dropped: ${cause}`),
    });
    this.line.onChange(() => this.tellStatus());
    const { line } = this;
    this.readers = {
      log: line.subscribe(definition.log, { published: (b) => this.log.take(b) }, from.log),
      board: line.subscribe(definition.board, { published: (b) => this.board.take(b) }),
      tiny: line.subscribe(definition.tiny, { published: (b) => this.gaps.take(b) }, from.tiny),
      heard: line.subscribe(definition.heard, { published: (b) => this.heard.take(b) }),
    };
    onPosition(this.readers.tiny, (at) => this.gaps.stand(at));
    this.sender = new Sender(
      (message) => line.send('inbox', message),
      (what) => this.blame(what),
    );
  }

  get received(): number {
    return [this.log, this.board, this.gaps, this.heard].reduce((sum, { received }) => {
      return sum + received;
    }, 0);
  }

  get isLive(): boolean {
    return Object.values(this.readers).every(({ status }) => status === 'live');
  }

  /** Reads the log on the same line for a while, from now on. */
  visit(): () => void {
    const judge = new LogJudge(this.blaming('log, a second reader'), null);
    const reader = this.line.subscribe<Numbered>('log', {
      published: (batch) => judge.take(batch),
    });
    return () => reader.leave();
  }

  /** Whether all that was published and sent has come to its end. */
  hasAll({ published }: Account): boolean {
    const { sent, settled } = this.sender;
    const isRead = (stream: Stream) => {
      const { status, at } = this.readers[stream];
      return status === 'live' && (at?.[1] ?? 0) === published[stream];
    };
    return sent === settled && (Object.keys(this.readers) as Stream[]).every(isRead);
  }

  /** What is not as it should be, in the end. */
  close({ board, handled, published }: Account): void {
    for (const [stream, { status, at }] of Object.entries(this.readers)) {
      const top = published[stream as Stream];
      if (at?.[1] !== top) this.blame(`${stream} is ${status} at ${at?.[1]}, not at ${top}`);
    }
    const { sent, settled } = this.sender;
    if (settled !== sent) this.blame(`${settled} of ${sent} messages were settled`);
    if (handled.get(this.name) !== sent) this.blame(`${handled.get(this.name)} were handled`);
    this.board.close(board);
    for (const [user, n] of handled) this.heard.close(user, isRejected(n) ? n - 1 : n);
    this.line.dispose();
  }

  private resync(stream: string, top: Position): void {
    this.options.story.tell(this.name, `resync of ${stream}, whose top is ${top[1]}`);
    if (stream !== 'tiny') {
      this.blame(`${stream} has a gap, which its history covers`);
      return;
    }
    this.gaps.resync(top);
    if (this.options.isAnchored) void this.renew();
  }

  /** As an application does that loads a snapshot anew. */
  private async renew(): Promise<void> {
    const at = await this.options.server.ask<Position>('snapshot', 'tiny');
    this.options.story.tell(this.name, `a new snapshot of tiny, at ${at[1]}`);
    this.readers.tiny.renew(at);
  }

  private tellStatus(): void {
    const { status, attempt } = this.line.snapshot;
    const now = status === 'waiting' ? `waiting (${attempt})` : status;
    if (now !== this.status) this.options.story.tell(this.name, now);
    this.status = now;
  }

  private blaming(stream: string): (what: string) => void {
    return (what) => this.blame(`${stream}: ${what}`);
  }

  private blame(what: string): void {
    this.options.story.blame(this.name, what);
  }
}

/**
 * Tells where the reader stands whenever that is known anew. Its status does not say it: without a
 * snapshot it stays `live` across a gap.
 */
function onPosition(reader: StreamReader, listener: (at: Position) => void): void {
  let known = reader.at;
  Object.defineProperty(reader, 'at', {
    get: () => known,
    set: (at: Position | null) => {
      known = at;
      if (at !== null) listener(at);
    },
  });
}
