import type { Core } from './core.js';
import type { CoreStates, StateUser } from './coreStates.js';
import type { Eviction, LineCallbacks } from './lineCallbacks.js';
import type { AnyLineDefinition, LineSettings } from './lineDefinition.js';
import type { LineStates, StatesOwner } from './lineStates.js';
import type { LiveStateOf } from './liveState.js';
import type { MessagePassing } from './messagePassing.js';
import type { OpenlineError } from './openlineError.js';
import { PlainReaders } from './plainReaders.js';
import type { Position } from './position.js';
import { shielded } from './shielded.js';
import type { StateRef, StreamRef } from './stateRef.js';
import type { Status } from './status.js';
import type { StreamListener, StreamReader } from './streamReader.js';
import { Streams } from './streams.js';

/** The line, as those who read it need it. */
export interface ReadLine {
  hold(): () => void;
  tell(one: (callbacks: LineCallbacks) => void): void;
  /** The core has stopped. */
  coreStopped(): void;
}

/** Who reads a line: streams, messages of a line without streams, and states of either. */
export class LineReading implements StatesOwner, StateUser {
  readonly streams: Streams;
  private readonly plain: PlainReaders | null;
  private passing: MessagePassing | null = null;
  private states: LineStates | null = null;
  private core: CoreStates | null = null;

  constructor(
    private readonly definition: AnyLineDefinition,
    private readonly settings: LineSettings,
    private readonly line: ReadLine,
  ) {
    const { hasStreams, lingerMs } = settings;
    this.plain = hasStreams ? null : new PlainReaders();
    this.streams = new Streams(lingerMs, {
      resync: (stream, top) => this.lostState(stream, top),
      denied: (stream, code, text) =>
        line.tell(({ onDenied }) => onDenied?.({ stream, code, text })),
      stopped: () => line.coreStopped(),
    });
  }

  /** @param stream a name, or a member of the definition */
  read(stream: StreamRef | string, listener: StreamListener, at: Position | null): StreamReader {
    if (typeof stream === 'string') return this.streams.read(stream, listener, at);
    const { spec } = stream;
    if (this.plain !== null) return this.plain.read(spec, listener);
    let sieved: StreamListener | undefined;
    const late: StreamListener = {
      published: (batch) => {
        sieved ??= this.passing?.sieved(spec, listener);
        sieved?.published(batch);
      },
      changed: (status) => listener.changed?.(status),
    };
    const isWhole = spec.match === undefined && spec.value === undefined;
    return this.streams.read(stream.stream as string, isWhole ? listener : late, at);
  }

  live<R extends StateRef>(ref: R): LiveStateOf<R> {
    return this.open().of(ref);
  }

  /** The line is held: states without a stream begin now. */
  opened(): void {
    if (this.settings.hasStreams || this.settings.openStates === null) return;
    for (const ref of Object.values(this.definition) as StateRef[]) {
      if ((ref.kind as string) !== 'messages') this.open().keep(ref);
    }
  }

  /** The core is there; what comes in follows. */
  loaded(core: Core): void {
    const { heartbeat } = this.settings.options;
    this.passing ??= core.createPassing(heartbeat, (error) => this.stateError(error));
  }

  received(event: MessageEvent): void {
    const { plain, states, passing } = this;
    if (plain === null || (states === null && plain.all.size === 0)) return;
    const message = passing?.message(event) ?? null;
    if (message === null) return;
    states?.received(message);
    shielded(() => passing?.pass(message, plain.all));
    states?.settled();
  }

  /** Where nobody wants each message: takes it, and works it through before anybody looks. */
  gather(text: string): boolean {
    const { plain, states, passing } = this;
    if (plain?.all.size !== 0 || states === null || passing === null) return false;
    return states.gather(text, passing);
  }

  settled(): void {
    this.states?.settled();
  }

  changed(status: Status): void {
    // What a closing line still receives counts.
    this.plain?.changed(status === 'open' || status === 'closing');
  }

  dispose(): void {
    this.states?.dispose();
    this.streams.dispose();
    this.plain?.dispose();
    this.core = null;
  }

  // For the core.

  started(core: CoreStates): void {
    this.core = core;
    this.states?.started(core);
  }

  stopped(): void {
    this.core = null;
    this.states?.stopped();
  }

  // For the states.

  get lingerMs(): number {
    return this.settings.lingerMs;
  }

  holdOpen(): () => void {
    return this.line.hold();
  }

  readStream(
    stream: string,
    listener: StreamListener,
    at: Position | null,
    isAnchored: boolean,
  ): StreamReader {
    return this.streams.read(stream, listener, at, isAnchored);
  }

  lostState(stream: string, top: Position): void {
    this.line.tell(({ onResync }) => onResync?.({ stream, top }));
  }

  stateError(error: OpenlineError): void {
    this.line.tell(({ onError }) => onError?.(error));
  }

  evicted(eviction: Eviction): void {
    this.line.tell(({ onEvict }) => onEvict?.(eviction));
  }

  private open(): LineStates {
    if (this.states !== null) return this.states;
    const { openStates } = this.settings;
    if (openStates === null)
      throw new TypeError('openline: that member of the line keeps nothing.');
    this.states = openStates(this);
    if (this.core !== null) this.states.started(this.core);
    return this.states;
  }
}
