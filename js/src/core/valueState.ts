import { CoreSeat } from './coreSeat.js';
import {
  type CoreStateSpec,
  type CoreStates,
  OBSERVE_VALUES,
  type ValueDelta,
} from './coreStates.js';
import type { Publications } from './coreStreams.js';
import type { Given } from './given.js';
import { KeptState, type KeptStateHome } from './keptState.js';
import { Reading } from './reading.js';
import { shareStructure } from './shareStructure.js';
import type { StateRef } from './stateRef.js';

/** `latest` and `document`: one value, of which what does not change keeps its identity. */
export class ValueState<V> extends KeptState<V | undefined> {
  readonly whole = new Reading<V | undefined>({
    get: () => this.present(false),
    begin: () => {
      this.begin();
      this.present(true);
      this.seat.observe(OBSERVE_VALUES);
    },
    end: () => this.stopReading(),
  });
  private readonly seat: CoreSeat;
  private value: V | undefined;

  constructor(ref: StateRef, home: KeptStateHome) {
    super(ref, home);
    this.seat = new CoreSeat(ref.name, ref.spec as CoreStateSpec, home, OBSERVE_VALUES);
  }

  get number(): number {
    return this.seat.number;
  }

  apply([, ...value]: ValueDelta): void {
    this.set(value[0] as V | undefined);
  }

  protected isBlank(): boolean {
    return this.present(false) === undefined;
  }

  protected isWhole(): boolean {
    return this.seat.isWhole;
  }

  protected replace({ value }: Given<V | undefined>): void {
    this.set(value);
    this.seat.trust();
  }

  protected clear(): void {
    this.value = undefined;
  }

  protected enter(core: CoreStates): void {
    const wasWhole = this.seat.isWhole;
    if (!this.seat.enter(core)) return;
    if (!wasWhole) this.seat.doubt();
    else if (this.value !== undefined) this.fill();
    if (this.whole.isObserved) this.seat.observe(OBSERVE_VALUES);
  }

  protected leave(core: CoreStates | null): void {
    this.seat.leave(core);
  }

  protected lose(isWhole: boolean): void {
    this.seat.lose(isWhole);
  }

  protected take(batch: Publications): void {
    this.seat.take(batch);
  }

  protected fill(): void {
    // A value that is undefined has no JSON: an empty state takes the place of what was there.
    if (this.value !== undefined || this.home.core === null) {
      if (this.seat.seed(this.value) === undefined) this.home.changed(this.whole);
      return;
    }
    const { number } = this;
    this.leave(this.home.core);
    this.enter(this.home.core);
    this.home.numbered(this, number);
  }

  protected show(): void {
    this.seat.flushed();
  }

  private present(isNow: boolean): V | undefined {
    const read = this.seat.read<ValueDelta>(isNow);
    if (read === undefined) return this.value;
    this.caughtUp();
    this.value = shareStructure(this.value, read[1] as V | undefined);
    return this.value;
  }

  private set(value: V | undefined): void {
    const before = this.value;
    this.value = shareStructure(before, value);
    if (!Object.is(before, this.value)) this.home.changed(this.whole);
  }
}
