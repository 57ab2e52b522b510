// What Emscripten generates from bindings/openline_abi.h (dist/core/glue.js after a build).

export interface Glue {
  _malloc(size: number): number;
  _free(pointer: number): void;
  _ol_options_fault(options: number): number;
  _ol_line_create(options: number, protocols: number, protocolsSize: number, mode: number): number;
  _ol_line_destroy(line: number): void;
  _ol_line_open(line: number): void;
  _ol_line_close(line: number, code: number, reason: number, reasonSize: number): void;
  _ol_line_reconnect(line: number): void;
  _ol_line_choose_wait(line: number, ms: number): void;
  _ol_line_credentials(line: number, socket: number, isReady: number): void;
  _ol_line_url_ready(line: number, socket: number, url: number, urlSize: number): void;
  _ol_line_url_failed(line: number, socket: number, isFinal: number): void;
  _ol_line_set_protocols(line: number, protocols: number, protocolsSize: number): void;
  _ol_line_set_binary_type(line: number, binaryType: number): void;
  _ol_line_socket_message(line: number, socket: number, handle: number): void;
  _ol_line_start_after(line: number, epoch: number, epochSize: number, offset: number): void;
  _ol_line_subscribe(line: number, name: number, nameSize: number): number;
  _ol_line_resubscribe(line: number, stream: number): void;
  _ol_line_unsubscribe(line: number, stream: number): void;
  _ol_frame_buffer(size: number): number;
  _ol_line_socket_frame(line: number, socket: number, frame: number, size: number): void;
  _ol_line_socket_unspoken(line: number, socket: number): void;
  _ol_line_woken(line: number): void;
  _ol_line_send(line: number, handle: number, units: number, isExact: number): number;
  _ol_line_adopt(line: number, handle: number, bytes: number, ageMs: number): number;
  _ol_line_page_signal(line: number, signal: number): void;
  _ol_line_replied(line: number, socket: number): void;
  _ol_line_ping_sent(line: number, socket: number): void;
  _ol_line_pump(line: number): number;
  _ol_line_records(line: number): number;
  _ol_line_clear(line: number): void;
  _ol_line_buffered_amount(line: number): number;
  _ol_line_receive(line: number, socket: number, handle: number): number;
  _ol_line_state_add(line: number, size: number): number;
  _ol_line_state_remove(line: number, state: number): void;
  _ol_line_state_take_run(line: number, state: number, run: number, skip: number): number;
  _ol_line_state_take_all(line: number, size: number): number;
  _ol_line_state_take_each(line: number, count: number, size: number): number;
  _ol_line_state_seed(line: number, state: number, size: number): number;
  _ol_line_state_observe(line: number, state: number, what: number): void;
  _ol_line_state_watch(line: number, state: number, size: number): number;
  _ol_line_state_unwatch(line: number, state: number, watch: number): void;
  _ol_line_state_read(line: number, state: number): number;
  _ol_line_state_read_row(line: number, state: number, size: number): number;
  _ol_line_take_delta(line: number): number;
  _ol_line_answer(line: number): number;
}

/** What the JavaScript library (wasm/platform/library_openline.js) asks of a line's host. */
export interface LibraryHost {
  received(socket: number, event: MessageEvent): void;
  rang(): void;
  peek(handle: number): unknown;
  sent(handle: number): void;
  wake(): void;
  refused(error: unknown): void;
  attached(socket: WebSocket): void;
  greet(socket: number, raw: WebSocket): void;
}

export interface GlueSettings {
  openline(line: number): LibraryHost | undefined;
  /** The clock of the lines, in milliseconds. */
  openlineNow(): number;
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: { readonly exports: WebAssembly.Exports }) => void,
  ): object;
  onAbort(what: unknown): void;
}

export default function createGlue(settings: GlueSettings): Promise<Glue>;
