import { CoreSeat } from './coreSeat.js';
import {
  type CoreStateSpec,
  type CoreStates,
  OBSERVE_KEYS,
  OBSERVE_VALUES,
  type RowsDelta,
} from './coreStates.js';
import type { Publications } from './coreStreams.js';
import type { Given } from './given.js';
import { keyReader, keysOf, rowsByKey } from './givenState.js';
import { KeptState, type KeptStateHome } from './keptState.js';
import { KeyMirror } from './keyMirror.js';
import type { LiveRows, Readable } from './liveState.js';
import { Reading } from './reading.js';
import { RowCells } from './rowCells.js';
import { RowMirror } from './rowMirror.js';
import type { StateRef } from './stateRef.js';

/** `log` and `collection`: rows, read as a whole, one by one, or by their keys alone. */
export class RowsState<T> extends KeptState<readonly T[]> implements LiveRows<T> {
  readonly whole = new Reading<readonly T[]>({
    get: () => this.present(false),
    begin: () => {
      this.begin();
      this.present(true);
      this.observe();
    },
    end: () => this.stop(),
  });
  readonly keys: Reading<readonly string[]> = new Reading<readonly string[]>({
    get: () => (this.keys.isObserved ? this.keyMirror.list : this.keysNow(false)),
    begin: () => {
      this.begin();
      this.keyMirror.show(this.keysNow(true));
      this.observe();
    },
    end: () => this.stop(),
  });
  private readonly spec: CoreStateSpec;
  private readonly seat: CoreSeat;
  private readonly mirror = new RowMirror<T>();
  private readonly keyMirror = new KeyMirror();
  private readonly cells: RowCells<T>;
  private readonly keyOf: (row: unknown) => string | undefined;

  constructor(ref: StateRef, home: KeptStateHome) {
    super(ref, home);
    this.spec = ref.spec as CoreStateSpec;
    this.keyOf = keyReader(this.spec);
    this.seat = new CoreSeat(ref.name, this.spec, home, OBSERVE_VALUES);
    this.cells = new RowCells<T>(this.seat, {
      known: (key) => this.index().get(key),
      begin: () => this.begin(),
      end: () => this.stop(),
      changed: (reading) => home.changed(reading),
    });
  }

  get number(): number {
    return this.seat.number;
  }

  row(key: string): Readable<T | undefined> {
    return this.cells.at(key);
  }

  apply(delta: RowsDelta): void {
    const [, count, removed, ids, values, added, keys] = delta;
    if (this.seat.isObserved && (removed.length > 0 || ids.length > 0)) {
      for (const id of removed) this.mirror.remove(id);
      for (const [i, id] of ids.entries()) this.mirror.set(id, values[i] as T);
      this.home.changed(this.whole);
    }
    if (this.keyMirror.apply(removed, added, keys)) this.home.changed(this.keys);
    this.cells.apply(delta);
    const { name: state, stream } = this.ref;
    if (count > 0 && this.spec.kind === 'collection') this.home.evicted({ state, stream, count });
  }

  protected isBlank(): boolean {
    return this.present(false).length === 0;
  }

  protected isWhole(): boolean {
    return this.seat.isWhole;
  }

  protected replace({ value }: Given<readonly T[]>): void {
    const { list } = this.mirror;
    const index = this.spec.key === undefined ? null : this.index();
    const before = (row: T, i: number) =>
      index === null ? list[i] : index.get(this.keyOf(row) as string);
    this.mirror.replace(value, before);
    this.seat.trust();
    this.showAll(list);
  }

  protected clear(): void {
    this.mirror.clear();
    this.keyMirror.forgetIds();
    this.cells.forgetShown();
  }

  protected enter(core: CoreStates): void {
    const wasWhole = this.seat.isWhole;
    if (!this.seat.enter(core)) return;
    if (!wasWhole) this.mirror.clear();
    else if (this.mirror.list.length > 0) this.fill();
    this.observe();
    this.cells.enter();
  }

  protected leave(core: CoreStates | null): void {
    this.seat.leave(core);
  }

  protected lose(isWhole: boolean): void {
    this.seat.lose(isWhole);
    this.cells.lose();
    this.keyMirror.forgetIds();
  }

  protected take(batch: Publications): void {
    this.seat.take(batch);
  }

  /** The core gets what JavaScript has, and gives ids. */
  protected fill(): void {
    const { list } = this.mirror;
    const ids = this.seat.seed(list);
    if (ids === undefined) {
      this.home.changed(this.whole);
      return;
    }
    this.keyMirror.forgetIds();
    // It has made one of rows with the same key.
    if (!this.mirror.bind(ids)) this.seat.doubt();
    this.showAll(list);
  }

  protected show(): void {
    this.seat.flushed();
    if (!this.seat.isKnown) this.cells.forgetShown();
  }

  private stop(): void {
    this.stopReading();
    // What only lingers goes on as it was, for whoever comes back.
    if (this.hasReaders) this.observe();
  }

  private observe(): void {
    const values = this.whole.isObserved ? OBSERVE_VALUES : 0;
    const keys = this.keys.isObserved ? OBSERVE_KEYS : 0;
    this.seat.observe(values | keys);
  }

  private present(isNow: boolean): readonly T[] {
    const read = this.seat.read<RowsDelta>(isNow);
    if (read === undefined) return this.mirror.list;
    this.caughtUp();
    const [, , , ids, values, added, keys] = read;
    this.mirror.read(ids, values);
    // The next delta tells of nothing that this one has told of.
    this.keyMirror.forgetIds();
    if (this.keyMirror.apply([], added, keys)) this.home.changed(this.keys);
    this.cells.apply(read);
    return this.mirror.list;
  }

  /** Of all rows at once. Those who read only some of them may have seen others. */
  private showAll(before: readonly T[]): void {
    const { list } = this.mirror;
    if (list !== before) this.home.changed(this.whole);
    this.cells.show();
    if (this.keys.isObserved && this.keyMirror.show(keysOf(this.spec, list))) {
      this.home.changed(this.keys);
    }
  }

  private index(): ReadonlyMap<string, T> {
    return rowsByKey(this.spec, this.mirror.list);
  }

  private keysNow(isNow: boolean): readonly string[] {
    return keysOf(this.spec, this.present(isNow));
  }
}
