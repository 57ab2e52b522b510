import type { Abi, AbiRecord } from './abi.js';
import { Batch } from './batch.js';
import { byteLength, sizeOf } from './byteLength.js';
import type { CoreStreams, HeldMessage, MessageEnd, StreamUser } from './coreStreams.js';
import type { Dialect, DialectLine } from './dialect.js';
import type { NumberedOutgoing } from './numberedOutgoing.js';
import type { Position } from './position.js';

/** What is larger is not copied into the core; the server's frames end at 32 KiB (PROTOCOL.md). */
export const FRAME_BYTES_MAX = 16 * 1024 * 1024;

// ol_record_kind (openline_abi.h)
const [RESYNC, DENIED] = [13, 14];

export interface StreamDialectParts {
  readonly out: NumberedOutgoing;
  readonly streams: StreamUser;
  /** The subprotocol that the server must have selected. */
  readonly protocol: string;
}

/** openline.1: frames go into the core, which tells what they say. */
export class StreamDialect implements Dialect, CoreStreams {
  private readonly epochs = new Map<number, string>();

  readonly out: NumberedOutgoing;
  private readonly streams: StreamUser;
  private readonly protocol: string;

  constructor(
    private readonly line: DialectLine,
    { out, streams, protocol }: StreamDialectParts,
  ) {
    this.out = out;
    this.streams = streams;
    this.protocol = protocol;
  }

  start(): void {
    this.streams.started(this);
  }

  stop(): void {
    this.streams.stopped();
  }

  received(socket: number, { data }: MessageEvent<string | ArrayBuffer>): void {
    if (isTooLarge(data)) {
      this.call((abi, line) => abi.lineSocketUnspoken(line, socket));
      return;
    }
    const frame = typeof data === 'string' ? 0 : this.out.values.keep(data);
    this.call((abi, line) => abi.lineSocketFrame(line, socket, frame, data));
  }

  greet(socket: number, raw: WebSocket): void {
    if (raw !== this.out.gate.current || raw.protocol === this.protocol) return;
    this.call((abi, line) => abi.lineSocketUnspoken(line, socket));
  }

  foresee(records: readonly AbiRecord[]): void {
    this.out.isRecovered = !records.some(({ kind }) => kind === RESYNC || kind === DENIED);
  }

  pass(record: AbiRecord): boolean {
    const { kind, a, b, c, d, e, f, text, number } = record;
    const { values } = this.out;
    const held = () => values.peek(a) as HeldMessage;
    switch (kind) {
      case 12:
        this.epochs.set(a, text);
        this.streams.subscribed(a, [text, number]);
        return true;
      case RESYNC:
        this.streams.resync(a, [text, number]);
        return true;
      case DENIED:
        this.streams.denied(a, b, text);
        return true;
      case 15: {
        const frame = new Uint8Array(values.peek(c) as ArrayBuffer, d, e);
        const epoch = this.epochs.get(a) as string;
        this.streams.published(a, new Batch(frame, b, [epoch, number], f));
        return true;
      }
      case 16:
        values.take(a);
        return true;
      case 17:
        held().replied(text);
        return true;
      case 18: {
        const message = held();
        values.take(a);
        message.ended(endOf(record));
        return true;
      }
    }
    return false;
  }

  // For whoever reads streams.

  subscribe(stream: string, from: Position | null): number | undefined {
    return this.call((abi, line) => abi.lineSubscribe(line, stream, from));
  }

  resubscribe(id: number, from: Position | null): void {
    this.call((abi, line) => abi.lineResubscribe(line, id, from));
  }

  unsubscribe(id: number): void {
    this.epochs.delete(id);
    this.call((abi, line) => abi.lineUnsubscribe(line, id));
  }

  private call<T>(use: (abi: Abi, line: number) => T): T | undefined {
    const answer = this.line.entry.enter(use);
    this.line.wake();
    return answer;
  }
}

function isTooLarge(data: string | ArrayBuffer): boolean {
  const size = sizeOf(data);
  if (size > FRAME_BYTES_MAX) return true;
  // A code unit of a text is at most three bytes of UTF-8.
  return (
    typeof data === 'string' && size * 3 > FRAME_BYTES_MAX && byteLength(data) > FRAME_BYTES_MAX
  );
}

/** The order of ol_settlement. */
function endOf({ b, c, text }: AbiRecord): MessageEnd {
  switch (b) {
    case 0:
      return { kind: 'acked' };
    case 1:
      return { kind: 'rejected', code: c, text };
    case 2:
      return { kind: 'too-large' };
    default:
      return { kind: 'unknown' };
  }
}
