import { NO_ROWS } from './givenState.js';
import { shareStructure } from './shareStructure.js';

/** What JavaScript has of the rows of a state: as an array, and by the ids that the core gave. */
export class RowMirror<T> {
  private byId = new Map<number, T>();
  private made: readonly T[] | null = NO_ROWS;
  /** The ids ascend in the order of the map. */
  private isSorted = true;
  private lastId = 0;

  /** The same array until a row is another one. */
  get list(): readonly T[] {
    this.made ??= [...this.sorted().values()];
    return this.made;
  }

  /** Rows that the core does not have yet. Those that are equal to one before keep its identity. */
  replace(rows: readonly T[], before: (row: T, i: number) => T | undefined): void {
    const shared = rows.map((row, i) => shareStructure(before(row, i), row));
    // A first array stays the one that was given.
    this.made = sameItems(this.list, shared) ?? sameItems(rows, shared) ?? shared;
    this.forget();
  }

  /**
   * The core has them under these ids, 0 for a row that it has not taken.
   *
   * @returns false when it has made one of several rows
   */
  bind(ids: readonly number[]): boolean {
    const { list } = this;
    this.forget();
    const taken = new Set<number>();
    let isEach = true;
    for (const [i, id] of ids.entries()) {
      if (id === 0) continue;
      isEach &&= !taken.has(id);
      taken.add(id);
      this.set(id, list[i] as T);
    }
    if (taken.size === list.length) this.made = list;
    return isEach;
  }

  /** All that there is. */
  read(ids: readonly number[], values: readonly unknown[]): void {
    const { list, byId: before } = this;
    this.forget();
    for (const [i, id] of ids.entries()) {
      this.set(id, shareStructure(before.get(id), values[i] as T));
    }
    const now = [...this.sorted().values()];
    this.made = sameItems(list, now) ?? now;
  }

  set(id: number, row: T): void {
    if (!this.byId.has(id)) {
      if (id < this.lastId) this.isSorted = false;
      this.lastId = Math.max(id, this.lastId);
    }
    this.byId.set(id, row);
    this.made = null;
  }

  remove(id: number): void {
    if (this.byId.delete(id)) this.made = null;
  }

  /** The ids; the rows stay. */
  forget(): void {
    this.made = this.list;
    this.byId = new Map();
    this.isSorted = true;
    this.lastId = 0;
  }

  clear(): void {
    this.made = NO_ROWS;
    this.forget();
  }

  private sorted(): ReadonlyMap<number, T> {
    if (!this.isSorted) {
      this.byId = new Map([...this.byId].sort(([a], [b]) => a - b));
      this.isSorted = true;
    }
    return this.byId;
  }
}

/** `before`, if it has the same items. */
function sameItems<T>(before: readonly T[], now: readonly T[]): readonly T[] | null {
  const isSame = before.length === now.length && now.every((item, i) => Object.is(item, before[i]));
  return isSame ? before : null;
}
