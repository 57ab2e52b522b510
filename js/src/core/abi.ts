import { AbiMemory, type Pointer } from './abiMemory.js';
import { AbiStates } from './abiStates.js';
import type { Glue, GlueSettings } from './glue.js';
import { type CoreCode, startGlue } from './glueStart.js';
import type { Position } from './position.js';

// The functions of bindings/openline_abi.h with JavaScript values for arguments and results; those
// of states are in abiStates.ts. It forwards and decides nothing.

/** `ol_record`, with its text copied out of linear memory. */
export interface AbiRecord {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
  readonly text: string;
  readonly number: number;
}

/** `lineReceive`: the message is to be passed on, and there is nothing else to tell. */
export const OL_RECEIVED = 0xffff_ffff;

const RECORD_WORDS = 12; // sizeof(ol_record) / 4

export class Abi {
  /** What concerns the states of a line. */
  readonly states: AbiStates;

  private constructor(
    private readonly glue: Glue,
    private readonly memory: AbiMemory,
  ) {
    this.states = new AbiStates(glue, memory);
  }

  /** Makes an instance. Rejects when the browser refuses it or it stops at once. */
  static async start(
    code: CoreCode,
    settings: Omit<GlueSettings, 'instantiateWasm'>,
  ): Promise<Abi> {
    const { glue, memory } = await startGlue(code, settings);
    return new Abi(glue, new AbiMemory(glue, memory));
  }

  /** The index of the first option out of range, or -1. */
  optionsFault(values: readonly number[]): number {
    return this.memory.withDoubles(values, (options) => this.glue._ol_options_fault(options));
  }

  /** The id of a new line, or 0 if an option is out of range. `mode`: `ol_mode` */
  lineCreate(values: readonly number[], protocols: string, mode: number): number {
    return this.memory.withDoubles(values, (options) =>
      this.memory.withText(protocols, (pointer, size) =>
        this.glue._ol_line_create(options, pointer, size, mode),
      ),
    );
  }

  lineDestroy(line: number): void {
    this.glue._ol_line_destroy(line);
  }

  lineOpen(line: number): void {
    this.glue._ol_line_open(line);
  }

  lineClose(line: number, code: number, reason: string): void {
    this.memory.withText(reason, (pointer, size) =>
      this.glue._ol_line_close(line, code, pointer, size),
    );
  }

  lineReconnect(line: number): void {
    this.glue._ol_line_reconnect(line);
  }

  lineChooseWait(line: number, ms: number): void {
    this.glue._ol_line_choose_wait(line, ms);
  }

  lineCredentials(line: number, socket: number, isReady: boolean): void {
    this.glue._ol_line_credentials(line, socket, isReady ? 1 : 0);
  }

  lineUrlReady(line: number, socket: number, url: string): void {
    this.memory.withText(url, (pointer, size) =>
      this.glue._ol_line_url_ready(line, socket, pointer, size),
    );
  }

  lineUrlFailed(line: number, socket: number, isFinal: boolean): void {
    this.glue._ol_line_url_failed(line, socket, isFinal ? 1 : 0);
  }

  /** Of the next socket, joined by commas. */
  lineSetProtocols(line: number, protocols: string): void {
    this.memory.withText(protocols, (pointer, size) =>
      this.glue._ol_line_set_protocols(line, pointer, size),
    );
  }

  lineSetBinaryType(line: number, binaryType: number): void {
    this.glue._ol_line_set_binary_type(line, binaryType);
  }

  /** `ol_send_result` */
  lineSend(line: number, handle: number, units: number, isExact: boolean): number {
    return this.glue._ol_line_send(line, handle, units, isExact ? 1 : 0);
  }

  /** `ol_send_result` */
  lineAdopt(line: number, handle: number, bytes: number, ageMs: number): number {
    return this.glue._ol_line_adopt(line, handle, bytes, ageMs);
  }

  /** `ol_page_signal` */
  linePageSignal(line: number, signal: number): void {
    this.glue._ol_line_page_signal(line, signal);
  }

  lineReplied(line: number, socket: number): void {
    this.glue._ol_line_replied(line, socket);
  }

  linePingSent(line: number, socket: number): void {
    this.glue._ol_line_ping_sent(line, socket);
  }

  lineSocketMessage(line: number, socket: number, handle: number): void {
    this.glue._ol_line_socket_message(line, socket, handle);
  }

  /**
   * `lineSocketMessage` and `linePump` in one, without the records: answers how many of them wait
   * for `linePump`, or OL_RECEIVED.
   */
  lineReceive(line: number, socket: number, handle: number): number {
    return this.glue._ol_line_receive(line, socket, handle) >>> 0;
  }

  /** The number of a new subscription, or 0 when a bound is exceeded. */
  lineSubscribe(line: number, name: string, from: Position | null): number {
    this.startAfter(line, from);
    return this.memory.withText(name, (pointer, size) =>
      this.glue._ol_line_subscribe(line, pointer, size),
    );
  }

  lineResubscribe(line: number, stream: number, from: Position | null): void {
    this.startAfter(line, from);
    this.glue._ol_line_resubscribe(line, stream);
  }

  lineUnsubscribe(line: number, stream: number): void {
    this.glue._ol_line_unsubscribe(line, stream);
  }

  /** `frame`: the handle of a binary one, 0 for a text. */
  lineSocketFrame(line: number, socket: number, frame: number, data: string | ArrayBuffer): void {
    const size = this.memory.fillFrame(data);
    this.glue._ol_line_socket_frame(line, socket, frame, size);
  }

  lineSocketUnspoken(line: number, socket: number): void {
    this.glue._ol_line_socket_unspoken(line, socket);
  }

  lineWoken(line: number): void {
    this.glue._ol_line_woken(line);
  }

  lineBufferedAmount(line: number): number {
    return this.glue._ol_line_buffered_amount(line);
  }

  /** Lets the line work through what came in and takes its records, oldest first. */
  linePump(line: number): AbiRecord[] {
    const count = this.glue._ol_line_pump(line);
    if (count === 0) return [];
    const records: AbiRecord[] = [];
    const start = this.glue._ol_line_records(line) / Uint32Array.BYTES_PER_ELEMENT;
    for (let i = 0; i < count; i++) records.push(this.recordAt(start + i * RECORD_WORDS));
    this.glue._ol_line_clear(line);
    return records;
  }

  private startAfter(line: number, from: Position | null): void {
    if (from === null) return;
    const [epoch, offset] = from;
    this.memory.withText(epoch, (pointer, size) =>
      this.glue._ol_line_start_after(line, pointer, size, offset),
    );
  }

  private recordAt(at: number): AbiRecord {
    const { memory } = this;
    const { words, doubles } = memory.views();
    const word = (field: number) => words[at + field] as number;
    return {
      kind: word(0),
      a: word(1),
      b: word(2),
      c: word(3),
      d: word(4),
      e: word(5),
      f: word(6),
      text: memory.textAt(word(7) as Pointer, word(8)),
      number: doubles[(at + 10) / 2] as number,
    };
  }
}
