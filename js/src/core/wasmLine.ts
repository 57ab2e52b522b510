import type { Abi, AbiRecord } from './abi.js';
import { endingOf, fateOf, isMessage, meaningOf } from './abiMeaning.js';
import { byteLength, type Sendable, sizeOf, snapshotOf } from './byteLength.js';
import type { ChosenByServer, CoreLine, CoreLineConfig, RecordSink, SendFate } from './core.js';
import type { Ending } from './failureError.js';
import type { LibraryHost } from './glue.js';
import { HandleTable } from './handleTable.js';
import { LineTrouble } from './lineTrouble.js';
import { resolveUrl } from './lineUrl.js';
import { messageOf, OpenlineError } from './openlineError.js';
import { shielded } from './shielded.js';
import { SocketGate } from './socketGate.js';
import type { Status } from './status.js';

/** What the lines of one instance of the core share. */
export interface Instance {
  readonly abi: Abi;
  readonly lines: Map<number, WasmLine>;
  /** Ends every line of this instance: after a trap its memory cannot be trusted. */
  stop(error: unknown): void;
}

/** A line of an instance: who holds which value, and what may reach the core when. */
export class WasmLine implements CoreLine, LibraryHost {
  private readonly id: number;
  private readonly values = new HandleTable();
  private readonly gate: SocketGate;
  private url = '';
  private readonly trouble = new LineTrouble();
  private status: Status = 'idle';
  private ending: Ending | undefined;
  /** The attempt that waits for its URL; 0: none does. */
  private asking = 0;
  private isDraining = false;

  constructor(
    private readonly instance: Instance,
    config: CoreLineConfig,
    private readonly sink: RecordSink,
  ) {
    const { values, protocols, binaryType } = config;
    this.gate = new SocketGate(config.messageBytesMax);
    const fault = instance.abi.optionsFault(values);
    if (fault >= 0) throw new TypeError(`openline: option ${fault} is out of range`);
    this.id = instance.abi.lineCreate(values, protocols.join(','), binaryTypeNumber(binaryType));
    instance.lines.set(this.id, this);
  }

  open(): void {
    this.call((abi) => abi.lineOpen(this.id));
  }

  close(code: number | undefined, reason: string): void {
    this.gate.unlock(false);
    this.call((abi) => abi.lineClose(this.id, code ?? 0, reason));
  }

  reconnect(): void {
    this.gate.unlock(false);
    this.trouble.clear();
    this.call((abi) => abi.lineReconnect(this.id));
  }

  urlReady(socket: number, url: unknown): void {
    // An attempt that was given up: its URL must not show in place of its successor's.
    if (socket !== this.asking) return;
    let resolved: string;
    try {
      resolved = resolveUrl(url);
    } catch (error) {
      this.trouble.badUrl(error as OpenlineError);
      this.call((abi) => abi.lineUrlFailed(this.id, socket, true));
      return;
    }
    this.url = resolved;
    this.call((abi) => abi.lineUrlReady(this.id, socket, resolved));
  }

  urlFailed(socket: number, error: unknown): void {
    if (socket !== this.asking) return;
    this.trouble.noUrl(error);
    this.call((abi) => abi.lineUrlFailed(this.id, socket, false));
  }

  setBinaryType(type: BinaryType): void {
    this.call((abi) => abi.lineSetBinaryType(this.id, binaryTypeNumber(type)));
  }

  send(value: Sendable, keep = true): SendFate {
    const past = this.values.heldCount === 0 ? this.gate.send(value) : null;
    if (past !== null) return past;
    const handle = this.values.keep(value);
    let fate = this.tryToSend(handle, sizeOf(value), false);
    if (fate === 'measure') fate = keep ? this.tryToQueue(handle, value) : 'not-open';
    if (fate !== 'sent' && fate !== 'queued') this.values.take(handle);
    this.wake();
    return fate;
  }

  queued(): number {
    return this.values.heldCount;
  }

  bufferedAmount(): number {
    return this.guarded((abi) => abi.lineBufferedAmount(this.id)) ?? 0;
  }

  chosen(): ChosenByServer {
    const { protocol = '', extensions = '' } = this.gate.current ?? {};
    return { url: this.url, protocol, extensions };
  }

  dispose(): void {
    this.gate.unlock(false);
    this.guarded((abi) => abi.lineDestroy(this.id));
    this.instance.lines.delete(this.id);
  }

  // For the JavaScript library (wasm/platform/library_openline.js).

  received(socket: number, event: MessageEvent): void {
    const handle = this.values.keep(event);
    this.call((abi) => abi.lineSocketMessage(this.id, socket, handle));
    // Trapped on its way through the core: it has come in all the same.
    if (!this.isLive() && this.values.peek(handle) === event) {
      shielded(() => this.sink.record({ kind: 'message', event }));
    }
  }

  rang(): void {
    this.call((abi) => abi.lineWoken(this.id));
  }

  peek(handle: number): unknown {
    return this.values.peek(handle);
  }

  take(handle: number): unknown {
    return this.values.take(handle);
  }

  attached(socket: WebSocket): void {
    this.gate.attach(socket);
  }

  refused(error: unknown): void {
    this.trouble.refused(error);
  }

  /** Lets the core work through what came in, then passes its records on. */
  wake(): void {
    // A receiver may call the line again, which leads here: the loop below sees what came of it.
    if (this.isDraining) return;
    this.isDraining = true;
    try {
      for (let records = this.pump(); records.length > 0; records = this.pump()) {
        this.ending = endingOf(records);
        for (const record of records) {
          // After a trap only what has come in is still true; what waits is queued again.
          if (this.isLive() || isMessage(record)) shielded(() => this.pass(record));
        }
        shielded(() => this.sink.settled());
      }
    } finally {
      this.isDraining = false;
    }
  }

  /** The instance is gone. */
  stop(error: unknown): void {
    this.gate.cut();
    this.tellStop(error);
  }

  private tellStop(error: unknown): void {
    const text = `the WebAssembly core has stopped (${messageOf(error)}); call reconnect()`;
    const why = this.status === 'closed' ? null : new OpenlineError('wasm', text, error);
    shielded(() => this.sink.stopped(why, this.values.held() as Sendable[]));
    if (!['connecting', 'open', 'closing'].includes(this.status)) return;
    shielded(() => this.sink.record({ kind: 'error' }));
    const lost = { kind: 'close', code: 1006, wasClean: false, reason: '' } as const;
    shielded(() => this.sink.record(lost));
  }

  private call(use: (abi: Abi) => void): void {
    this.guarded(use);
    this.wake();
  }

  private isLive(): boolean {
    return this.instance.lines.has(this.id);
  }

  /** Undefined when the line is gone, or goes now because the instance trapped. */
  private guarded<T>(use: (abi: Abi) => T): T | undefined {
    if (!this.isLive()) return undefined;
    try {
      return use(this.instance.abi);
    } catch (error) {
      this.instance.stop(error);
      return undefined;
    }
  }

  /** It has to wait: only now it is kept as it is, and its bytes are counted. */
  private tryToQueue(handle: number, value: Sendable): SendFate {
    const kept = snapshotOf(value);
    if (kept === null) return 'unsendable';
    const fate = this.tryToSend(handle, byteLength(kept), true) as SendFate;
    if (fate === 'queued') this.values.hold(handle, kept);
    return fate;
  }

  private tryToSend(handle: number, units: number, isExact: boolean): SendFate | 'measure' {
    const result = this.guarded((abi) => abi.lineSend(this.id, handle, units, isExact));
    return result === undefined ? 'failed' : fateOf(result);
  }

  private pump(): AbiRecord[] {
    return this.guarded((abi) => abi.linePump(this.id)) ?? [];
  }

  private pass(record: AbiRecord): void {
    const meaning = meaningOf(record, this);
    if (meaning.kind === 'url') this.asking = meaning.socket;
    if (meaning.kind !== 'status') {
      this.sink.record(meaning);
      return;
    }
    this.asking = 0;
    this.status = meaning.status;
    this.gate.unlock(meaning.status === 'open');
    this.sink.record(this.trouble.explain(meaning, this.ending));
  }
}

function binaryTypeNumber(type: BinaryType): number {
  return type === 'arraybuffer' ? 1 : 0;
}
