import type { CoreSeat } from './coreSeat.js';
import type { RowsDelta } from './coreStates.js';
import type { Readable } from './liveState.js';
import { Reading } from './reading.js';
import { shareStructure } from './shareStructure.js';

/** Rows that nobody observes and somebody was shown, until the next flush. */
const SHOWN_MAX = 10_000;

/** What the cells ask of their state. */
export interface CellsOwner<T> {
  /** The row in what JavaScript has of all rows. */
  known(key: string): T | undefined;
  begin(): void;
  end(): void;
  changed(reading: Reading<unknown>): void;
}

interface Cell<T> {
  readonly key: string;
  readonly reading: Reading<T | undefined>;
  /** What its first subscriber was given. */
  readonly readable: Readable<T | undefined>;
  value: T | undefined;
  /** What the core calls its being watched; 0: it is not. */
  watch: number;
  /** Of the row in the core; 0: not known, or there is none. */
  id: number;
}

/** The rows of a state that are read one by one, whether or not there is one with that key. */
export class RowCells<T> {
  private readonly byKey = new Map<string, Cell<T>>();
  private readonly byWatch = new Map<number, Cell<T>>();
  private readonly byId = new Map<number, Cell<T>>();
  /** Shown what JavaScript has: a row may be gone that the core has never told them of. */
  private readonly unsure = new Set<Cell<T>>();
  private readonly shown = new Map<string, T | undefined>();

  constructor(
    private readonly seat: CoreSeat,
    private readonly owner: CellsOwner<T>,
  ) {}

  /** The same for as long as somebody is subscribed: who renders again subscribes to no other. */
  at(key: string): Readable<T | undefined> {
    return this.byKey.get(key)?.readable ?? this.readableOf(key);
  }

  apply([, , , ids, values, , , watches]: RowsDelta): void {
    for (let i = 0; i < watches.length; i += 2) {
      const cell = this.byWatch.get(watches[i] as number);
      if (cell !== undefined) this.bind(cell, watches[i + 1] as number);
    }
    for (const cell of this.unsure) if (cell.id === 0) this.put(cell, undefined);
    this.unsure.clear();
    if (this.byId.size === 0) return;
    for (const [i, id] of ids.entries()) {
      const cell = this.byId.get(id);
      if (cell !== undefined) this.put(cell, values[i] as T);
    }
  }

  /** All rows are others: what JavaScript has of them counts. */
  show(): void {
    for (const cell of this.byKey.values()) {
      this.put(cell, this.owner.known(cell.key));
      if (cell.watch !== 0) this.unsure.add(cell);
    }
  }

  enter(): void {
    for (const cell of this.byKey.values()) this.watch(cell);
  }

  /** The core is gone; what is shown stays. */
  lose(): void {
    this.byWatch.clear();
    this.byId.clear();
    this.unsure.clear();
    // The next one gives the same numbers to others.
    for (const cell of this.byKey.values()) cell.id = cell.watch = 0;
  }

  /** What was shown to those who do not observe it counts no longer. */
  forgetShown(): void {
    this.shown.clear();
  }

  private readableOf(key: string): Readable<T | undefined> {
    const readable: Readable<T | undefined> = {
      subscribe: (changed) =>
        (this.byKey.get(key) ?? this.make(key, readable)).reading.subscribe(changed),
      get: () => {
        const cell = this.byKey.get(key);
        return cell === undefined ? this.shownOf(key) : cell.value;
      },
    };
    return readable;
  }

  private make(key: string, readable: Readable<T | undefined>): Cell<T> {
    const cell: Cell<T> = {
      key,
      readable,
      reading: new Reading<T | undefined>({
        get: () => cell.value,
        begin: () => this.begin(cell),
        end: () => this.end(cell),
      }),
      value: undefined,
      watch: 0,
      id: 0,
    };
    return cell;
  }

  private begin(cell: Cell<T>): void {
    this.owner.begin();
    const { key } = cell;
    cell.value = this.seat.isWhole
      ? this.owner.known(key)
      : shareStructure(this.shown.get(key), this.seat.readRow(key) as T | undefined);
    this.byKey.set(key, cell);
    this.watch(cell);
  }

  private end(cell: Cell<T>): void {
    this.byKey.delete(cell.key);
    this.unsure.delete(cell);
    this.byWatch.delete(cell.watch);
    this.byId.delete(cell.id);
    this.seat.unwatch(cell.watch);
    this.owner.end();
  }

  private watch(cell: Cell<T>): void {
    cell.watch = this.seat.watch(cell.key);
    if (cell.watch === 0) return;
    this.byWatch.set(cell.watch, cell);
    this.unsure.add(cell);
  }

  private bind(cell: Cell<T>, id: number): void {
    this.byId.delete(cell.id);
    cell.id = id;
    if (id === 0) this.put(cell, undefined);
    else this.byId.set(id, cell);
  }

  private put(cell: Cell<T>, value: T | undefined): void {
    const before = cell.value;
    cell.value = shareStructure(before, value);
    if (!Object.is(before, cell.value)) this.owner.changed(cell.reading);
  }

  /** Pure for whoever renders: the same until the next flush. */
  private shownOf(key: string): T | undefined {
    const { shown, seat } = this;
    if (seat.isKnown) return this.owner.known(key);
    if (!shown.has(key)) {
      if (shown.size >= SHOWN_MAX) shown.clear();
      shown.set(key, seat.readRow(key) as T | undefined);
    }
    return shown.get(key);
  }
}
