import type { Abi, AbiRecord } from './abi.js';
import { endingOf, fateOf, meaningOf } from './abiMeaning.js';
import { byteLength, type Sendable, sizeOf, snapshotOf } from './byteLength.js';
import type {
  ChosenByServer,
  CoreLine,
  CoreLineConfig,
  CoreRecord,
  RecordSink,
  SendFate,
} from './core.js';
import { type Ending, failureError } from './failureError.js';
import type { LibraryHost } from './glue.js';
import { HandleTable } from './handleTable.js';
import { resolveUrl } from './lineUrl.js';
import { messageOf, OpenlineError } from './openlineError.js';
import { shielded } from './shielded.js';

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
  private socket: WebSocket | null = null;
  private url = '';
  private error: OpenlineError | null = null;
  private ending: Ending | undefined;
  /** The attempt that waits for its URL; 0: none does. */
  private asking = 0;
  private isDraining = false;
  private isOpen = false;
  private readonly messageBytesMax: number;

  constructor(
    private readonly instance: Instance,
    config: CoreLineConfig,
    private readonly sink: RecordSink,
  ) {
    const { values, protocols, binaryType } = config;
    this.messageBytesMax = config.messageBytesMax;
    const fault = instance.abi.optionsFault(values);
    if (fault >= 0) throw new TypeError(`openline: option ${fault} is out of range`);
    this.id = instance.abi.lineCreate(values, protocols.join(','), binaryTypeNumber(binaryType));
    instance.lines.set(this.id, this);
  }

  open(): void {
    this.call((abi) => abi.lineOpen(this.id));
  }

  close(code: number | undefined, reason: string): void {
    this.isOpen = false;
    this.call((abi) => abi.lineClose(this.id, code ?? 0, reason));
  }

  reconnect(): void {
    this.isOpen = false;
    this.call((abi) => abi.lineReconnect(this.id));
  }

  urlReady(socket: number, url: unknown): void {
    // An attempt that was given up: its URL must not show in place of its successor's.
    if (socket !== this.asking) return;
    let resolved: string;
    try {
      resolved = resolveUrl(url);
    } catch (error) {
      this.error = error as OpenlineError;
      this.call((abi) => abi.lineUrlFailed(this.id, socket, true));
      return;
    }
    this.url = resolved;
    this.call((abi) => abi.lineUrlReady(this.id, socket, resolved));
  }

  urlFailed(socket: number, error: unknown): void {
    if (socket !== this.asking) return;
    const text = `the URL could not be had (${messageOf(error)}); it is asked for again`;
    this.error = new OpenlineError('url', text, error);
    this.call((abi) => abi.lineUrlFailed(this.id, socket, false));
  }

  setBinaryType(type: BinaryType): void {
    this.call((abi) => abi.lineSetBinaryType(this.id, binaryTypeNumber(type)));
  }

  send(value: Sendable, keep = true): SendFate {
    if (this.isGateOpen()) return this.sendDirectly(value);
    const handle = this.values.keep(value);
    let fate = this.tryToSend(handle, sizeOf(value), false);
    // It would have to wait: only now its bytes are counted, and kept as they are now.
    if (fate === 'measure') {
      fate = keep ? (this.tryToSend(handle, byteLength(value), true) as SendFate) : 'closed';
    }
    if (fate === 'queued') {
      this.values.hold(handle, snapshotOf(value));
    } else if (fate !== 'sent') {
      this.values.take(handle);
    }
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
    const { protocol = '', extensions = '' } = this.socket ?? {};
    return { url: this.url, protocol, extensions };
  }

  dispose(): void {
    this.isOpen = false;
    this.guarded((abi) => abi.lineDestroy(this.id));
    this.instance.lines.delete(this.id);
  }

  // For the JavaScript library (wasm/platform/library_openline.js).

  received(socket: number, event: MessageEvent): void {
    const handle = this.values.keep(event);
    this.call((abi) => abi.lineSocketMessage(this.id, socket, handle));
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
    this.socket = socket;
  }

  refused(error: unknown): void {
    const text = `the browser refused the URL or a subprotocol (${messageOf(error)})`;
    this.error = new OpenlineError('url', text, error);
  }

  /** Lets the core work through what came in, then passes its records on. */
  wake(): void {
    // A receiver may call the line again, which leads here: the loop below sees what came of it.
    if (this.isDraining) return;
    this.isDraining = true;
    try {
      for (let records = this.pump(); records.length > 0; records = this.pump()) {
        this.ending = endingOf(records);
        for (const record of records) if (this.isLive()) shielded(() => this.pass(record));
        shielded(() => this.sink.settled());
      }
    } finally {
      this.isDraining = false;
    }
  }

  /** The instance is gone, so what the socket still says must not reach it. */
  stop(error: unknown): void {
    this.isOpen = false;
    const { socket } = this;
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.onerror = () => {};
      socket.close();
    }
    this.sink.stopped(error, this.values.held() as Sendable[]);
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

  // While the core says that the line is open and nothing waits, there is nothing to be ordered
  // behind. Through the core a message took 1.7 times as long as a bare send.
  private isGateOpen(): boolean {
    return this.isOpen && this.values.heldCount === 0 && this.socket?.readyState === 1;
  }

  private sendDirectly(value: Sendable): SendFate {
    if (sizeOf(value) > this.messageBytesMax) return 'too-large';
    try {
      this.socket?.send(value);
      return 'sent';
    } catch {
      return 'unsendable';
    }
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
    if (meaning.kind === 'status') this.asking = 0;
    if (meaning.kind === 'url') this.asking = meaning.socket;
    this.sink.record(meaning.kind === 'status' ? this.withError(meaning) : meaning);
  }

  private withError(record: CoreRecord & { kind: 'status' }): CoreRecord {
    const { status, reason } = record;
    this.isOpen = status === 'open';
    if (status === 'open' || status === 'closed') this.error = null;
    if (reason !== null) this.error = failureError(reason, this.error, this.ending);
    return { ...record, error: this.error };
  }
}

function binaryTypeNumber(type: BinaryType): number {
  return type === 'arraybuffer' ? 1 : 0;
}
