import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';

/** A text frame of the server, or the bytes of a BATCH. */
export type Received = readonly unknown[] | Buffer;

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export interface DialOptions {
  readonly origin?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly protocols?: string[];
  /** Of the path. */
  readonly query?: string;
  readonly path?: string;
}

export const CLIENT_ID = 'AAAAAAAAAAAAAAAAAAAAAA';

/** A client that says exactly what a test tells it to. */
export class ProtocolClient {
  readonly socket: WebSocket;
  readonly received: Received[] = [];
  readonly closed: Promise<Closed>;
  private waiting: { matches: (frame: Received) => boolean; settle: (frame: Received) => void }[] =
    [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('message', (bytes: Buffer, isBinary) => this.take(isBinary ? bytes : parse(bytes)));
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  say(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The first frame, of those that came and those to come, that nobody has asked for yet. */
  next(matches: (frame: Received) => boolean = () => true): Promise<Received> {
    const index = this.received.findIndex(matches);
    const found = this.received[index];
    if (found) {
      this.received.splice(index, 1);
      return Promise.resolve(found);
    }
    return new Promise((settle) => this.waiting.push({ matches, settle }));
  }

  /** The next text frame with this opcode. */
  async frame(opcode: number): Promise<readonly unknown[]> {
    return (await this.next((f) => Array.isArray(f) && f[0] === opcode)) as readonly unknown[];
  }

  /** The publications of the next BATCH frame with one run. */
  async batch(): Promise<Batch> {
    return readBatch((await this.next((frame) => Buffer.isBuffer(frame))) as Buffer);
  }

  /** HELLO; answers the body of WELCOME. */
  async hello(streams: readonly unknown[] = [], { c = CLIENT_ID, n = 1 } = {}): Promise<Welcome> {
    this.say([1, { v: 1, c, n, s: streams }]);
    return (await this.frame(1))[1] as Welcome;
  }

  private take(frame: Received): void {
    const index = this.waiting.findIndex(({ matches }) => matches(frame));
    const [waiting] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (waiting) waiting.settle(frame);
    else this.received.push(frame);
  }
}

export interface Welcome {
  readonly v: number;
  readonly hb: number;
  readonly idle: number;
  readonly max: number;
  readonly win: number;
  readonly ack: number;
  readonly s: readonly (readonly unknown[])[];
}

export interface Batch {
  readonly index: number;
  readonly first: number;
  readonly last: number;
  readonly values: readonly unknown[];
}

/** The first run of a BATCH frame. */
export function readBatch(bytes: Buffer): Batch {
  let at = 1;
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes.readUInt8(at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const [index, first, last, count] = [number(), number(), number(), number()];
  let length = Math.max(count - 1, 0);
  for (let i = 0; i < count; i += 1) length += number();
  const values = JSON.parse(`[${bytes.toString('utf8', at, at + length)}]`) as unknown[];
  return { index, first, last, values };
}

/** A client at a server that listens on this address; not open yet. */
export function dialing(
  { port }: Pick<AddressInfo, 'port'>,
  { origin = `http://127.0.0.1:${port}`, headers = {}, ...rest }: DialOptions = {},
): ProtocolClient {
  const { protocols = ['openline.1'], query = '', path = '/openline' } = rest;
  const url = `ws://127.0.0.1:${port}${path}${query}`;
  return new ProtocolClient(new WebSocket(url, protocols, { headers: { origin, ...headers } }));
}

export async function dial(
  address: Pick<AddressInfo, 'port'>,
  options?: DialOptions,
): Promise<ProtocolClient> {
  const client = dialing(address, options);
  await once(client.socket, 'open');
  return client;
}

function parse(bytes: Buffer): readonly unknown[] {
  return JSON.parse(bytes.toString()) as readonly unknown[];
}
