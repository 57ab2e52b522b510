import type { Abi, AbiRecord } from './abi.js';
import { endingOf, isMessage, meaningOf } from './abiMeaning.js';
import type { Outbound } from './byteLength.js';
import type {
  ChosenByServer,
  CoreLine,
  CoreLineConfig,
  Lost,
  RecordSink,
  SendFate,
} from './core.js';
import { CoreEntry, type Instance } from './coreEntry.js';
import type { StateUser } from './coreStates.js';
import type { Dialect, DialectLine } from './dialect.js';
import { dialectFor } from './dialectFor.js';
import type { Ending } from './failureError.js';
import type { LibraryHost } from './glue.js';
import { lineNow } from './host.js';
import { LineTrouble } from './lineTrouble.js';
import { answeredBy, LineVoice, type Standing } from './lineVoice.js';
import { messageOf, OpenlineError } from './openlineError.js';
import type { Outgoing } from './outgoing.js';
import { PAGE_SIGNALS, type PageSignal } from './pageSignals.js';
import { shielded } from './shielded.js';
import { Turns } from './turns.js';
import { WasmStates } from './wasmStates.js';

/** A line of an instance: what may reach the core when, and whom its records concern. */
export class WasmLine implements CoreLine, LibraryHost, DialectLine {
  readonly entry: CoreEntry<WasmLine>;
  private readonly out: Outgoing;
  private readonly dialect: Dialect;
  readonly voice: LineVoice;
  private leavePage = (): void => {};
  /** What the application last asked for: a line on its way to closed asks for nothing. */
  private isWanted = false;
  private readonly trouble = new LineTrouble();
  private standing: Standing = { status: 'idle', attempt: 0, retryAt: null };
  private ending: Ending | undefined;
  private readonly states: StateUser | undefined;
  private lost: Lost | undefined;
  private readonly turns = new Turns(() => this.round());

  constructor(
    instance: Instance<WasmLine>,
    config: CoreLineConfig,
    readonly sink: RecordSink,
  ) {
    this.entry = new CoreEntry(instance, config, this);
    const answered = answeredBy((use) => this.call(use));
    this.voice = new LineVoice(config.user, answered, this.trouble);
    this.dialect = dialectFor(this, config);
    this.states = config.states;
    this.lost = config.lost;
    this.out = this.dialect.out;
    this.states?.started(new WasmStates(this.entry.states));
    this.dialect.start();
    this.leavePage = instance.page.watch((signal) => this.signalled(signal));
    // Stopped by the first word of the page, when there was nothing to leave yet.
    if (!this.entry.isOpen) this.leavePage();
  }

  get isStopped(): boolean {
    return !this.entry.isOpen;
  }

  open(): void {
    this.isWanted = true;
    this.call((abi, line) => abi.lineOpen(line));
  }

  close(code: number | undefined, reason: string): void {
    this.isWanted = false;
    this.out.leave();
    this.call((abi, line) => abi.lineClose(line, code ?? 0, reason));
  }

  reconnect(): void {
    this.isWanted = true;
    this.out.gate.unlock(false);
    this.trouble.clear();
    this.call((abi, line) => abi.lineReconnect(line));
  }

  setBinaryType(type: BinaryType): void {
    this.entry.setBinaryType(type);
    this.wake();
  }

  send(value: Outbound, keep = true): SendFate {
    const past = this.out.sendPast(value);
    if (past !== null) return past;
    const fate = this.out.sendThrough(value, keep);
    this.wake();
    return fate;
  }

  adopt(value: Outbound, ageMs: number): SendFate {
    // What it leads to is told with what comes next: nobody may get in between two of them.
    return this.out.adopt(value, ageMs);
  }

  queued(): number {
    return this.out.values.heldCount;
  }

  bufferedAmount(): number {
    return this.entry.enter((abi, line) => abi.lineBufferedAmount(line)) ?? 0;
  }

  chosen(): ChosenByServer {
    const { protocol = '', extensions = '' } = this.out.gate.current ?? {};
    return { url: this.voice.url, protocol, extensions };
  }

  dispose(): void {
    this.leavePage();
    this.out.gate.unlock(false);
    this.entry.leave();
  }

  // For the JavaScript library (wasm/platform/library_openline.js).

  received(socket: number, event: MessageEvent): void {
    this.dialect.received(socket, event);
  }

  rang(): void {
    this.call((abi, line) => abi.lineWoken(line));
  }

  peek(handle: number): unknown {
    return this.out.peek(handle);
  }

  sent(handle: number): void {
    this.out.sent(handle);
  }

  attached(socket: WebSocket): void {
    this.out.attach(socket);
  }

  greet(socket: number, raw: WebSocket): void {
    this.dialect.greet(socket, raw);
  }

  refused(error: unknown): void {
    this.trouble.refused(error);
  }

  get isBusy(): boolean {
    return this.turns.isBusy;
  }

  /** Lets the core work through what came in, then passes its records on. */
  wake(): void {
    this.turns.run();
  }

  /** Passes on a message that the core has let through, where nothing else is to be told. */
  deliver(event: MessageEvent): void {
    this.turns.take(() => {
      shielded(() => this.sink.record({ kind: 'message', event }));
      shielded(() => this.sink.settled());
    });
  }

  /** The instance is gone. */
  stop(error: unknown): void {
    this.leavePage();
    this.out.gate.cut();
    const text = `the core has stopped (${messageOf(error)}); a fresh one goes on`;
    const why = this.standing.status === 'closed' ? null : new OpenlineError('wasm', text, error);
    shielded(() => this.dialect.stop());
    shielded(() => this.states?.stopped());
    const { values, unconfirmed } = this.out;
    shielded(() => this.sink.stopped(why, { unsent: values.held() as Outbound[], unconfirmed }));
    if (!['connecting', 'open', 'closing'].includes(this.standing.status)) return;
    shielded(() => this.sink.record({ kind: 'error' }));
    const lost = { kind: 'close', code: 1006, wasClean: false, reason: '' } as const;
    shielded(() => this.sink.record(lost));
  }

  private round(): boolean {
    const records = this.entry.pump();
    if (records.length === 0) return false;
    this.ending = endingOf(records);
    this.dialect.foresee(records);
    for (const record of records) {
      // After a trap only what has come in is still true; what waits is queued again.
      if (this.entry.isOpen || isMessage(record)) shielded(() => this.pass(record));
    }
    // Whoever was told may have closed the line.
    if (this.isWanted) this.voice.follow(this.standing);
    shielded(() => this.sink.settled());
    return true;
  }

  private signalled(signal: PageSignal): void {
    this.call((abi, line) => {
      abi.linePageSignal(line, PAGE_SIGNALS.indexOf(signal));
      // Timers stood still while the machine slept or the page was frozen: an alarm may be overdue.
      abi.lineWoken(line);
    });
  }

  private pass(record: AbiRecord): void {
    if (this.dialect.pass(record)) return;
    const meaning = meaningOf(record, this.out);
    switch (meaning.kind) {
      case 'url':
        if (this.isWanted) this.voice.askUrl(meaning.socket);
        return;
      case 'credentials':
        if (this.isWanted) this.voice.askCredentials(meaning.socket);
        return;
      case 'ping':
        this.voice.ping(meaning.socket, this.out.gate.current);
        return;
      case 'status':
        this.voice.stopAsking();
        this.standing = meaning;
        this.out.gate.unlock(meaning.status === 'open');
        this.sink.record(this.trouble.explain(meaning, this.ending));
        return;
      case 'none':
        return;
    }
    this.sink.record(meaning);
    if (meaning.kind === 'open') this.tellOutage();
  }

  /** The core before has lost the connection, and this one knows nothing of it. */
  private tellOutage(): void {
    const { lost } = this;
    if (lost === undefined) return;
    this.lost = undefined;
    const { isRecovered: recovered } = this.out;
    const downMs = Math.round(lineNow() - lost.sinceMs);
    const outage = { downMs, unconfirmed: lost.unconfirmed, recovered };
    this.sink.record({ kind: 'outage', outage });
  }

  private call(use: (abi: Abi, line: number) => void): void {
    this.entry.enter(use);
    this.wake();
  }
}
