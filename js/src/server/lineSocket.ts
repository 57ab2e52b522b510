import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';

/** Who owns a socket. */
export interface SocketOwner {
  receive(bytes: Buffer, isBinary: boolean): void;
  receivePing(bytes: Buffer): void;
  receivePong(): void;
  drained(): void;
  failed(error: Error): void;
  closed(code: number, reason: string): void;
}

/**
 * A WebSocket that knows its owner, so that all sockets of a process share one set of listeners:
 * closures of its own would cost each idle connection hundreds of bytes.
 */
export class LineSocket extends WebSocket {
  owner: SocketOwner | null = null;

  /** Hears everything from here on; `raw` is the network socket beneath. */
  adopt(owner: SocketOwner, raw: Duplex): void {
    this.owner = owner;
    this.on('message', onMessage);
    this.on('ping', onPing);
    this.on('pong', onPong);
    this.on('error', onError);
    this.on('close', onClose);
    (raw as OwnedDuplex)[OWNER] = owner;
    raw.on('drain', onDrain);
  }
}

const OWNER = Symbol('owner');

interface OwnedDuplex extends Duplex {
  [OWNER]?: SocketOwner;
}

function onMessage(this: WebSocket, bytes: unknown, isBinary: boolean): void {
  (this as LineSocket).owner?.receive(bytes as Buffer, isBinary);
}

function onPing(this: WebSocket, bytes: Buffer): void {
  (this as LineSocket).owner?.receivePing(bytes);
}

function onPong(this: WebSocket): void {
  (this as LineSocket).owner?.receivePong();
}

function onError(this: WebSocket, error: Error): void {
  (this as LineSocket).owner?.failed(error);
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  (this as LineSocket).owner?.closed(code, reason.toString());
}

function onDrain(this: Duplex): void {
  (this as OwnedDuplex)[OWNER]?.drained();
}
