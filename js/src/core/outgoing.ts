import { fateOf } from './abiMeaning.js';
import { byteLength, type Outbound, type Sendable, sizeOf, snapshotOf } from './byteLength.js';
import type { SendFate } from './core.js';
import type { HeldMessage } from './coreStreams.js';
import { HandleTable } from './handleTable.js';
import { SocketGate } from './socketGate.js';

/** What the core does with a message that it knows by number; undefined when it is gone. */
export interface CoreSender {
  send(handle: number, units: number, isExact: boolean): number | undefined;
  adopt(handle: number, bytes: number, ageMs: number): number | undefined;
}

/** The way out of a line: past the core where nothing is to be ordered, else through it. */
export class Outgoing {
  readonly values = new HandleTable();
  readonly gate: SocketGate;
  /** What was missed while the line was lost has come in since. */
  isRecovered = false;
  private sinceHeard = 0;
  private onLost = 0;
  /** The application ends the connection: what it is given yet is not lost with it. */
  private isLeft = false;

  constructor(
    protected readonly core: CoreSender,
    messageBytesMax: number,
  ) {
    this.gate = new SocketGate(messageBytesMax);
  }

  /** Null, and nothing sent, when it has to go through the core. */
  sendPast(value: Outbound): SendFate | null {
    const past = this.values.heldCount === 0 ? this.gate.send(payloadOf(value)) : null;
    if (past === 'sent') this.left(value);
    return past;
  }

  /** @param keep false: refuse what would have to wait */
  sendThrough(value: Outbound, keep: boolean): SendFate {
    const handle = this.values.keep(value);
    let fate = meaning(this.core.send(handle, sizeOf(value), false));
    if (fate === 'measure') fate = keep ? this.queue(handle, value) : 'not-open';
    if (fate !== 'sent' && fate !== 'queued') this.values.take(handle);
    return fate;
  }

  adopt(value: Outbound, ageMs: number): SendFate {
    const handle = this.values.keep(value);
    const fate = meaning(this.core.adopt(handle, byteLength(value), ageMs)) as SendFate;
    if (fate === 'queued') this.values.hold(handle, value);
    else this.values.take(handle);
    return fate;
  }

  /** The socket has taken the value. */
  sent(handle: number): void {
    this.left(this.values.take(handle) as Outbound);
  }

  /** What a socket is to be given for the handle. */
  peek(handle: number): unknown {
    return payloadOf(this.values.peek(handle) as Outbound);
  }

  /** Something came in: whoever sent it had a connection. */
  heard(): void {
    this.sinceHeard = 0;
  }

  /** A new socket: what was given to the one before is lost with it, or was not. */
  attach(socket: WebSocket): void {
    this.gate.attach(socket);
    this.isLeft = false;
    this.onLost += this.sinceHeard;
    this.sinceHeard = 0;
  }

  /** The application ends the connection: it is not lost, and the next one follows no outage. */
  leave(): void {
    this.gate.unlock(false);
    this.isLeft = true;
    this.sinceHeard = 0;
    this.onLost = 0;
  }

  /** How many messages may not have arrived that a lost connection was given, or this one. */
  get unconfirmed(): number {
    return this.onLost + this.sinceHeard;
  }

  /** How many messages were given to lost connections unconfirmed, since it was last asked. */
  takeUnconfirmed(): number {
    const count = this.onLost;
    this.onLost = 0;
    return count;
  }

  /** It has to wait: only now it is kept as it is, and its bytes are counted. */
  private queue(handle: number, value: Outbound): SendFate {
    const kept = snapshotOf(value);
    if (kept === null) return 'unsendable';
    const fate = meaning(this.core.send(handle, byteLength(kept), true)) as SendFate;
    if (fate === 'queued') this.values.hold(handle, kept);
    return fate;
  }

  private left(value: Outbound): void {
    if (!this.isLeft) this.sinceHeard += 1;
    if (isHeld(value)) value.sent();
  }
}

/** What a WebSocket sends of it. */
function payloadOf(value: Outbound): Sendable {
  return isHeld(value) ? value.payload : (value as Sendable);
}

/** A message that is told what becomes of it, not a bare value. */
function isHeld(value: Outbound): value is HeldMessage {
  return typeof value === 'object' && 'payload' in value;
}

/** What the core answered in words; one that is gone takes nothing. */
export function meaning(result: number | undefined): SendFate | 'measure' {
  return result === undefined ? 'failed' : fateOf(result);
}
