import type { SeatHome } from './coreSeat.js';
import type { CoreStates, RowsDelta, ValueDelta } from './coreStates.js';
import type { Publications } from './coreStreams.js';
import { type Given, givenOf } from './given.js';
import { checkGiven } from './givenState.js';
import { afterThisStack, afterThisTask } from './host.js';
import type { Eviction } from './lineCallbacks.js';
import type { StatesOwner } from './lineStates.js';
import type { LiveState, StateFrom } from './liveState.js';
import type { Reading } from './reading.js';
import { StandingSnapshot } from './standingSnapshot.js';
import type { StateRef } from './stateRef.js';
import type { StreamListener, StreamReader } from './streamReader.js';

/** Whom a state tells, beside what all states need. */
export interface KeptStateHome extends SeatHome {
  readonly owner: StatesOwner;
  evicted(eviction: Eviction): void;
  begun(state: KeptState): void;
  ended(state: KeptState): void;
  /** The core calls the state by another number. */
  numbered(state: KeptState, before: number): void;
  /** Its readers are told of it together with all others. */
  changed(reading: Reading<unknown>): void;
}

/**
 * The life of a state. With a stream it reads from its first reader on until some time after the
 * last one has left; without one for as long as the line is held. What it knew then is kept, and a
 * component that was only hidden goes on from there.
 */
export abstract class KeptState<V = unknown> implements LiveState<V>, StreamListener {
  abstract readonly whole: Reading<V>;
  private readonly standing = new StandingSnapshot();
  private reader: StreamReader | null = null;
  private readers = 0;
  private isRunning = false;
  private isRetaken = false;
  /** The snapshot that it goes back to when it has nothing else. */
  private given: Given<V> | null = null;
  private letGo = (): void => {};
  private cancelEnd = (): void => {};

  constructor(
    readonly ref: StateRef,
    protected readonly home: KeptStateHome,
  ) {}

  /** @throws TypeError for a snapshot of rows whose value is no array */
  render(from: StateFrom<V> | null | undefined): void {
    const given = givenOf(from);
    if (given === null) return;
    checkGiven(this.ref, given.value);
    if (!this.standing.takes(given.at, this.isMissing(), () => this.isBlank())) return;
    this.given = given;
    this.replace(given);
    if (!this.isRunning) return;
    // Not now: a component is being rendered, and whoever is told renders another one.
    this.isRetaken = true;
    afterThisStack(() => this.retake());
  }

  /** Reads, whether or not somebody subscribes. */
  run(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.home.begun(this);
    if (this.home.core !== null) this.coreStarted(this.home.core);
    const { stream } = this.ref;
    if (stream === null) return;
    const { at, isAnchored } = this.standing;
    this.reader = this.home.owner.readStream(stream, this, at, isAnchored);
    this.changed();
  }

  /** Keeps what is known whole; else goes back to its snapshot, and the rest comes again. */
  end(): void {
    if (!this.isRunning) return;
    this.cancelEnd();
    this.isRetaken = false;
    this.finish();
    const isWhole = this.isWhole();
    const { number } = this;
    this.leave(this.home.core);
    this.home.numbered(this, number);
    this.reader?.end();
    this.reader = null;
    this.isRunning = false;
    if (!isWhole) {
      const { given } = this;
      this.standing.clear();
      this.clear();
      if (given !== null && this.standing.takes(given.at, true, () => true)) this.replace(given);
    }
    this.home.ended(this);
  }

  // For its stream.

  published(batch: Publications): void {
    this.take(batch);
    this.standing.passed(this.reader?.at ?? null);
  }

  changed(): void {
    if (this.reader?.status === 'live') this.standing.begin(this.reader.at);
  }

  // For the states of the line.

  /** Another instance of the core has the line. */
  coreStarted(core: CoreStates): void {
    const { number } = this;
    this.enter(core);
    this.home.numbered(this, number);
  }

  /** It is gone, and what it had told last is all that is known. */
  coreStopped(): void {
    const { reader, standing } = this;
    const isWhole = this.isWhole();
    this.lose(isWhole);
    if (reader === null) return;
    if (isWhole) {
      if (standing.at !== null) reader.moveTo(standing.at, standing.isAnchored);
      return;
    }
    if (reader.at === null) return;
    this.home.owner.lostState(this.ref.stream as string, reader.at);
    if (!standing.isAnchored) return;
    standing.lost(reader.at);
    reader.lose();
  }

  /** The core and the stream go on from a snapshot that was shown already. */
  retake(): void {
    if (!this.isRetaken) return;
    this.isRetaken = false;
    this.fill();
    const { at } = this.standing;
    if (at !== null) this.reader?.moveTo(at, true);
  }

  /** All that came in before is in what JavaScript has. */
  flushed(): void {
    this.caughtUp();
    this.show();
  }

  abstract apply(delta: RowsDelta | ValueDelta): void;
  abstract get number(): number;

  // For what is read of it.

  /** One more reads it. */
  protected begin(): void {
    this.readers += 1;
    if (this.readers === 1) {
      this.cancelEnd();
      this.letGo = this.home.owner.holdOpen();
      this.run();
    }
    this.retake();
  }

  protected stopReading(): void {
    this.readers -= 1;
    if (this.readers > 0) return;
    this.letGo();
    // Without a stream it ends with the line.
    if (this.ref.stream === null) return;
    this.cancelEnd = afterThisTask(() => this.end(), this.home.owner.lingerMs);
  }

  /** JavaScript has all that the core has, and goes on from here if it loses the core. */
  protected caughtUp(): void {
    this.standing.settle(this.reader?.at ?? null);
  }

  protected get hasReaders(): boolean {
    return this.readers > 0;
  }

  /** Nothing is known, and nothing has come in. */
  protected abstract isBlank(): boolean;
  /** JavaScript has all of it, as of the last flush. */
  protected abstract isWhole(): boolean;
  /** In the place of all that is known; the core is told in `retake`. */
  protected abstract replace(given: Given<V>): void;
  protected abstract clear(): void;
  protected abstract enter(core: CoreStates): void;
  protected abstract leave(core: CoreStates | null): void;
  protected abstract lose(isWhole: boolean): void;
  protected abstract take(batch: Publications): void;
  protected abstract show(): void;
  /** The core is to hold what JavaScript does. */
  protected abstract fill(): void;

  /** It ends: what has come in counts. */
  protected finish(): void {}

  /** A newer snapshot would help: the stream does not, or not yet, bring what is missing. */
  private isMissing(): boolean {
    return this.reader === null || this.reader.status !== 'live';
  }
}
