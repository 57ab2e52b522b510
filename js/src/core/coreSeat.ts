import type { CoreStateSpec, CoreStates, RowsDelta, ValueDelta } from './coreStates.js';
import type { Publications } from './coreStreams.js';
import { messageOf, OpenlineError } from './openlineError.js';

/** What a seat needs of the states of its line. */
export interface SeatHome {
  /** Null: none has the line now. */
  readonly core: CoreStates | null;
  /** How often something was taken. */
  readonly takes: number;
  /** Something was taken, of so many bytes; `isDue`: the next flush has something to show. */
  taken(isDue: boolean, bytes: number): void;
  /** JavaScript knows what it does not observe: that is good until the next flush. */
  peeked(): void;
  /** The core was given a first value: it may have something to say of it. */
  seeded(): void;
  stateError(error: OpenlineError): void;
}

/** The place of a state in the core, and how much of what is there JavaScript knows. */
export class CoreSeat {
  /** What the core calls it; 0: it does not have it. */
  number = 0;
  private observed = 0;
  /** JavaScript has what the core had at the last flush, or when it was read after that. */
  private isCurrent = true;
  /** `home.takes` when it was read. */
  private readAt = 0;

  /** @param all the bit of `observe` for all values */
  constructor(
    private readonly name: string,
    private readonly spec: CoreStateSpec,
    private readonly home: SeatHome,
    private readonly all: number,
  ) {}

  /** @returns false when the core does not take it */
  enter(core: CoreStates): boolean {
    this.observed = 0;
    this.number = core.add(this.spec);
    if (this.number !== 0) this.trust();
    // Stopped meanwhile: the next instance is asked.
    else if (this.home.core === core) {
      this.fail('the line has as many states as it may have; read fewer at once');
    }
    return this.number !== 0;
  }

  leave(core: CoreStates | null): void {
    if (this.number !== 0) core?.remove(this.number);
    this.number = 0;
  }

  /** The core is gone. */
  lose(isWhole: boolean): void {
    this.number = 0;
    this.isCurrent = isWhole;
  }

  take(batch: Publications): void {
    const core = this.core();
    if (core === null) return;
    // A tail has no bytes of its own, and is rare.
    const bytes = batch.skip === 0 ? batch.bytes.byteLength : 0;
    this.home.taken(core.takeRun(this.number, batch.run, batch.skip), bytes);
  }

  /** JavaScript has all values, as of the last flush. */
  get isWhole(): boolean {
    if (!this.isCurrent) return false;
    return this.number === 0 || this.isObserved || this.readAt === this.home.takes;
  }

  get isObserved(): boolean {
    return (this.observed & this.all) !== 0;
  }

  /** JavaScript has what counted at the last flush, or was read since. */
  get isKnown(): boolean {
    return this.isCurrent;
  }

  /** What was read counts no longer, unless nothing has come in since. */
  flushed(): void {
    this.isCurrent = this.isWhole;
    this.note();
  }

  /** What JavaScript has is right as of now. */
  trust(): void {
    this.isCurrent = true;
    this.readAt = this.home.takes;
    this.note();
  }

  /** What JavaScript has is not what the core has. */
  doubt(): void {
    this.isCurrent = false;
  }

  observe(wanted: number): void {
    const core = this.core();
    if (core === null || wanted === this.observed) return;
    this.observed = wanted;
    core.observe(this.number, wanted);
    this.note();
  }

  /**
   * All that the state is; undefined when that is known.
   *
   * @param isNow what was known at the last flush is not enough
   */
  read<D extends RowsDelta | ValueDelta>(isNow: boolean): D | undefined {
    const core = this.core();
    if (core === null || (isNow ? this.isWhole : this.isCurrent)) return undefined;
    const read = core.read(this.number) as D | undefined;
    if (read === undefined) return undefined;
    this.trust();
    return read;
  }

  readRow(key: string): unknown {
    const row = this.core()?.readRow(this.number, key);
    this.home.peeked();
    return row;
  }

  /** 0: the core watches nothing. */
  watch(key: string): number {
    const core = this.core();
    if (core === null) return 0;
    const watch = core.watch(this.number, key);
    if (watch === 0 && this.core() === core) {
      this.fail('too many of its rows are read one by one; read the whole');
    }
    return watch;
  }

  unwatch(watch: number): void {
    if (watch !== 0) this.core()?.unwatch(this.number, watch);
  }

  /** The core holds this from now on. Undefined when it does not. */
  seed(value: unknown): readonly number[] | undefined {
    const core = this.core();
    if (core === null) return undefined;
    let json: string | undefined;
    try {
      json = JSON.stringify(value);
    } catch (error) {
      this.fail(`from has no JSON form (${messageOf(error)}); give what JSON can hold`, error);
    }
    if (json === undefined) return undefined;
    const ids = core.seed(this.number, json);
    if (this.core() !== core) return undefined; // it has stopped on the way
    // Refused: what the core has counts, and the next delta tells why.
    if (ids === undefined) this.doubt();
    else this.trust();
    this.home.seeded();
    return ids;
  }

  fail(text: string, cause?: unknown): void {
    this.home.stateError(new OpenlineError('message', `${this.name}: ${text}`, cause));
  }

  /** Of what nobody observes the core has no news: there must be a flush all the same. */
  private note(): void {
    if (this.isCurrent && this.number !== 0 && !this.isObserved) this.home.peeked();
  }

  private core(): CoreStates | null {
    return this.number === 0 ? null : this.home.core;
  }
}
