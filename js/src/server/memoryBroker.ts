import { Attendance } from './attendance.js';
import type {
  Broker,
  BrokerPublishOptions,
  History,
  Position,
  Signal,
  StreamListener,
} from './broker.js';
import { ClientLedger } from './clientLedger.js';
import { Listeners } from './listeners.js';
import { MemoryStreams } from './memoryStreams.js';
import { type HistoryOptions, historyLimits } from './streamHistory.js';

export interface MemoryBrokerOptions extends HistoryOptions {
  /**
   * Streams that are known at once. The one that has been silent for longest is forgotten for a new
   * one; when all are watched, the new one is refused.
   * @default 100_000
   */
  readonly streamsMax?: number | undefined;
  /**
   * Clients whose cursor is remembered; the one that has been silent for longest goes.
   * @default 100_000
   */
  readonly clientsMax?: number | undefined;
  /**
   * How long a silent client is remembered, in ms. A client that comes back later starts anew, and
   * a message that it sends again is handled again.
   * @default 86_400_000, a day
   */
  readonly clientTtlMs?: number | undefined;
  /**
   * A clock in ms that never goes back.
   * @default performance.now
   */
  readonly now?: (() => number) | undefined;
}

/**
 * A broker in the memory of this process, for a server that is one process. A restart forgets all:
 * epochs change, clients are told to resync.
 *
 * A stream is kept while it is watched or any publication of it is; what has neither is forgotten
 * `ttlMs`, and a minute at least, after it was last touched. Throws TypeError for a wrong option.
 */
export function memoryBroker(options: MemoryBrokerOptions = {}): Broker {
  return new MemoryBroker(options);
}

class MemoryBroker implements Broker {
  private readonly streams: MemoryStreams;
  private readonly clients: ClientLedger;
  private readonly attendance = new Attendance();
  private readonly signals = new Listeners<[Signal]>();
  private readonly now: () => number;
  private isClosed = false;

  constructor(options: MemoryBrokerOptions) {
    const now = options.now ?? (() => performance.now());
    checkNumbers(options);
    this.now = now;
    const { streamsMax = 100_000, clientsMax = 100_000, clientTtlMs = 86_400_000 } = options;
    this.streams = new MemoryStreams(historyLimits(options), streamsMax, now);
    this.clients = new ClientLedger(clientsMax, clientTtlMs, now);
  }

  publish(stream: string, payload: Uint8Array, options: BrokerPublishOptions = {}): Position {
    this.check();
    const { key = null, origin } = options;
    const there = this.streams.open(stream);
    if (origin !== undefined && !this.clients.admit(origin)) return there.position;
    return there.publish(key, payload, this.now());
  }

  position(stream: string): Position {
    this.check();
    return this.streams.open(stream).position;
  }

  read(stream: string, from: Position): History {
    this.check();
    return this.streams.open(stream).read(from, this.now());
  }

  watch(stream: string, listener: StreamListener): () => void {
    this.check();
    return this.streams.watch(stream, listener);
  }

  cursor(client: string): number | null {
    this.check();
    return this.clients.cursor(client);
  }

  advance(client: string, seq: number): boolean {
    this.check();
    return this.clients.advance(client, seq);
  }

  attend(stream: string, user: string, change: 1 | -1): void {
    this.check();
    this.attendance.change(stream, user, change);
  }

  presence(stream: string): readonly string[] {
    this.check();
    return this.attendance.of(stream);
  }

  signal(signal: Signal): void {
    this.check();
    this.signals.call(signal);
  }

  onSignal(listener: (signal: Signal) => void): () => void {
    this.check();
    return this.signals.add(listener);
  }

  close(): void {
    this.isClosed = true;
    this.streams.close();
    this.clients.clear();
    this.attendance.clear();
    this.signals.clear();
  }

  private check(): void {
    if (this.isClosed) throw new Error('openline: the broker is closed; make another one.');
  }
}

function checkNumbers(options: MemoryBrokerOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (name === 'now' || value === undefined) continue;
    const isZeroFine = name === 'size' || name === 'ttlMs';
    if (typeof value === 'number' && (value > 0 || (isZeroFine && value === 0))) continue;
    const expected = isZeroFine ? 'a number from 0 on' : 'a number above 0';
    throw new TypeError(`openline: ${name} is ${String(value)}; memoryBroker takes ${expected}.`);
  }
}
