import type { Position } from './broker.js';
import { isDeeper } from './jsonText.js';
import { isStreamName } from './streamName.js';

/** What a client says; PROTOCOL.md has the shapes. */
export type ClientFrame =
  | Hello
  | MessageFrame
  | Subscribe
  | { readonly kind: 'unsubscribe'; readonly stream: string }
  | { readonly kind: 'recover'; readonly index: number; readonly position: Position }
  | { readonly kind: 'heartbeat'; readonly ack: number; readonly asks: boolean }
  /** An opcode of a later version: ignored. */
  | { readonly kind: 'unknown' };

export interface Hello {
  readonly kind: 'hello';
  readonly client: string;
  /** The first seq that is not settled. */
  readonly next: number;
  readonly streams: readonly StreamRequest[];
}

export interface StreamRequest {
  readonly stream: string;
  /** null: from now on. */
  readonly from: Position | null;
}

export interface Subscribe extends StreamRequest {
  readonly kind: 'subscribe';
}

export interface MessageFrame {
  readonly kind: 'message';
  readonly seq: number;
  readonly stream: string;
  readonly value: unknown;
  /** Nested deeper than any handler should have to expect. */
  readonly tooDeep: boolean;
}

const EPOCH = /^[A-Za-z0-9\-_.]{1,64}$/;
const CLIENT_ID = /^[A-Za-z0-9\-_]{22}$/;
const DEPTH_MAX = 128; // JSON.stringify fails between 3,000 and 5,000 levels

/** null: malformed. */
export function readClientFrame(text: string): ClientFrame | null {
  const frame = parsed(text);
  if (!Array.isArray(frame) || !isNumber(frame[0])) return null;
  switch (frame[0]) {
    case 1:
      return readHello(frame[1]);
    case 2:
      return readMessage(frame, text);
    case 5:
      return readSubscribe(frame);
    case 6:
      return isStreamName(frame[1]) ? { kind: 'unsubscribe', stream: frame[1] } : null;
    case 7:
      return readRecover(frame);
    case 9:
      return isNumber(frame[1]) ? { kind: 'heartbeat', ack: frame[1], asks: frame[2] === 1 } : null;
    default:
      return { kind: 'unknown' };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function readHello(body: unknown): ClientFrame | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { v, c, n, s } = body as Record<'v' | 'c' | 'n' | 's', unknown>;
  if (v !== 1 || typeof c !== 'string' || !CLIENT_ID.test(c)) return null;
  if (!isNumber(n) || n < 1 || !Array.isArray(s)) return null;
  const streams: StreamRequest[] = [];
  for (const entry of s as readonly unknown[]) {
    const request = Array.isArray(entry) ? readRequest(entry[0], entry[1]) : null;
    if (!request) return null;
    streams.push(request);
  }
  return { kind: 'hello', client: c, next: n, streams };
}

function readMessage(frame: readonly unknown[], text: string): ClientFrame | null {
  const [, seq, stream, value] = frame;
  if (frame.length < 4 || !isNumber(seq) || seq < 1 || !isStreamName(stream)) return null;
  return { kind: 'message', seq, stream, value, tooDeep: isDeeper(text, DEPTH_MAX) };
}

function readSubscribe(frame: readonly unknown[]): ClientFrame | null {
  const request = readRequest(frame[1], frame[2]);
  return request && { kind: 'subscribe', ...request };
}

function readRequest(stream: unknown, from: unknown): StreamRequest | null {
  if (!isStreamName(stream)) return null;
  if (from === null) return { stream, from };
  if (!Array.isArray(from)) return null;
  const position = readPosition(from[0], from[1]);
  return position && { stream, from: position };
}

function readRecover(frame: readonly unknown[]): ClientFrame | null {
  const [, index, epoch, offset] = frame;
  const position = readPosition(epoch, offset);
  return isNumber(index) && position ? { kind: 'recover', index, position } : null;
}

function readPosition(epoch: unknown, offset: unknown): Position | null {
  if (typeof epoch !== 'string' || !EPOCH.test(epoch) || !isNumber(offset)) return null;
  return [epoch, offset];
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}
