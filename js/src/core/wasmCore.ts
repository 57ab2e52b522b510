import { Abi, type AbiRecord } from './abi.js';
import { fateOf, meaningOf } from './abiMeaning.js';
import { byteLength, type Sendable, sizeOf, snapshotOf } from './byteLength.js';
import { compileCore } from './compileCore.js';
import type {
  ChosenByServer,
  Core,
  CoreLine,
  CoreLineConfig,
  CoreRecord,
  RecordSink,
  SendFate,
} from './core.js';
import { failureError } from './failureError.js';
import type { LibraryHost } from './glue.js';
import { HandleTable } from './handleTable.js';
import { resolveUrl } from './lineUrl.js';
import type { CoreSource } from './loadCore.js';
import { messageOf, OpenlineError } from './openlineError.js';

// The core on this thread: what the numbers of the ABI mean, who holds which value, and what
// happens when the instance traps. In a lazily loaded chunk together with the glue.

/**
 * Starts an instance of the core, from an override or from `packed` (wasm-bytes.js).
 *
 * @param onStop the instance has trapped: its lines have been told, and it is of no use any more
 */
export async function startCore(
  source: CoreSource,
  packed: string | undefined,
  onStop: () => void,
): Promise<Core> {
  const module = await compileCore(source, packed);
  const lines = new Map<number, WasmLine>();
  const stop = (error: unknown) => {
    onStop();
    for (const line of [...lines.values()]) line.stop(error);
  };
  const abi = await Abi.start(module, { openline: (line) => lines.get(line), onAbort: stop });
  return { createLine: (config, sink) => new WasmLine({ abi, lines, stop }, config, sink) };
}

interface Instance {
  readonly abi: Abi;
  readonly lines: Map<number, WasmLine>;
  /** Ends every line of this instance: after a trap its memory cannot be trusted. */
  stop(error: unknown): void;
}

class WasmLine implements CoreLine, LibraryHost {
  private readonly id: number;
  private readonly values = new HandleTable();
  private socket: WebSocket | null = null;
  private url = '';
  private error: OpenlineError | null = null;
  /** The attempt that waits for its URL; 0: none does. */
  private asking = 0;
  private isDraining = false;

  constructor(
    private readonly instance: Instance,
    config: CoreLineConfig,
    private readonly sink: RecordSink,
  ) {
    const { values, protocols, binaryType } = config;
    const fault = instance.abi.optionsFault(values);
    if (fault >= 0) throw new TypeError(`openline: option ${fault} is out of range`);
    this.id = instance.abi.lineCreate(values, protocols.join(','), binaryTypeNumber(binaryType));
    instance.lines.set(this.id, this);
  }

  open(): void {
    this.call((abi) => abi.lineOpen(this.id));
  }

  close(code: number | undefined, reason: string): void {
    this.call((abi) => abi.lineClose(this.id, code ?? 0, reason));
  }

  reconnect(): void {
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

  send(value: Sendable): SendFate {
    const handle = this.values.keep(value);
    let fate = this.tryToSend(handle, sizeOf(value), false);
    if (fate === 'measure') {
      // It will wait: only now its bytes are counted, and kept as they are now.
      this.values.replace(handle, snapshotOf(value));
      fate = this.tryToSend(handle, byteLength(value), true) as SendFate;
    }
    if (fate !== 'sent' && fate !== 'queued') this.values.take(handle);
    this.wake();
    return fate;
  }

  queued(): number {
    return this.guarded((abi) => abi.lineQueued(this.id)) ?? 0;
  }

  bufferedAmount(): number {
    return this.guarded((abi) => abi.lineBufferedAmount(this.id)) ?? 0;
  }

  chosen(): ChosenByServer {
    const { protocol = '', extensions = '' } = this.socket ?? {};
    return { url: this.url, protocol, extensions };
  }

  dispose(): void {
    this.guarded((abi) => abi.lineDestroy(this.id));
    this.instance.lines.delete(this.id);
  }

  // For the JavaScript library (wasm/platform/library_openline.js).

  keep(value: unknown): number {
    return this.values.keep(value);
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
        for (const record of records) shielded(() => this.pass(record));
        shielded(() => this.sink.settled());
      }
    } finally {
      this.isDraining = false;
    }
  }

  /** The instance is gone, so what the socket still says must not reach it. */
  stop(error: unknown): void {
    this.instance.lines.delete(this.id);
    const { socket } = this;
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.onerror = () => {};
      socket.close();
    }
    this.sink.stopped(error);
  }

  private call(use: (abi: Abi) => void): void {
    this.guarded(use);
    this.wake();
  }

  /** Undefined when the line is gone, or goes now because the instance trapped. */
  private guarded<T>(use: (abi: Abi) => T): T | undefined {
    if (!this.instance.lines.has(this.id)) return undefined;
    try {
      return use(this.instance.abi);
    } catch (error) {
      this.instance.stop(error);
      return undefined;
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
    const meaning = meaningOf(record, this.values);
    if (meaning.kind === 'status') this.asking = 0;
    if (meaning.kind === 'url') this.asking = meaning.socket;
    this.sink.record(meaning.kind === 'status' ? this.withError(meaning) : meaning);
  }

  private withError(record: CoreRecord & { kind: 'status' }): CoreRecord {
    const { status, reason } = record;
    if (status === 'open' || status === 'closed') this.error = null;
    if (reason !== null) this.error = failureError(reason, this.error);
    return { ...record, error: this.error };
  }
}

/**
 * Runs code of the application. What it throws reaches the page as an unhandled rejection and
 * nobody here, or the records behind the present one would be lost.
 */
function shielded(receive: () => void): void {
  try {
    receive();
  } catch (error) {
    void Promise.reject(error);
  }
}

function binaryTypeNumber(type: BinaryType): number {
  return type === 'arraybuffer' ? 1 : 0;
}
