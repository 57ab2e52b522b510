import {
  type CoreStateSpec,
  type Match,
  OBSERVE_KEYS,
  OBSERVE_VALUES,
  type RowsDelta,
} from '../../js/src/core/coreStates.js';
import { tokensOf, valueAt } from '../../js/src/core/jsonPointer.js';

interface Row {
  readonly id: number;
  readonly key: string;
  value: unknown;
  knowsValue: boolean;
  knowsKey: boolean;
  knowsId: boolean;
}

export function matches(value: unknown, match: Match = {}): boolean {
  return Object.entries(match).every(([at, want]) => valueAt(value, tokensOf(at)) === want);
}

/** Rows as the core keeps them, told of as the core tells of them (rows_news.hpp). */
export class FakeRows {
  private rows: Row[] = [];
  private newest = 0;
  private observed = 0;
  private evicted = 0;
  private removed: number[] = [];
  private readonly watches = new Map<number, { key: string; told: number }>();

  constructor(
    readonly number: number,
    private readonly spec: CoreStateSpec,
  ) {}

  /** What nobody observes is no news. */
  get hasNews(): boolean {
    if (this.observed !== 0) return true;
    return [...this.watches.values()].some(({ key, told }) => {
      const row = this.rows.find((each) => each.key === key);
      return (row?.id ?? 0) !== told || row?.knowsValue === false;
    });
  }

  observe(what: number): void {
    this.observed = what;
  }

  watch(watch: number, key: string): void {
    this.watches.set(watch, { key, told: 0 });
  }

  unwatch(watch: number): void {
    this.watches.delete(watch);
  }

  take(payload: unknown): void {
    for (const value of Array.isArray(payload) ? payload : [payload]) this.put(value, false);
    this.evict();
  }

  seed(values: readonly unknown[]): number[] {
    this.rows = [];
    for (const watch of this.watches.values()) watch.told = -1;
    const ids = values.map((value) => this.put(value, true));
    this.evict();
    this.removed = [];
    this.evicted = 0;
    return ids.map((id) => (this.rows.some((row) => row.id === id) ? id : 0));
  }

  find(key: string): unknown {
    return this.rows.find((row) => row.key === key)?.value;
  }

  /** What has been evicted is told by a delta alone. */
  read(): RowsDelta {
    const { evicted } = this;
    this.removed = [];
    this.evicted = 0;
    for (const row of this.rows) Object.assign(row, { knowsValue: false, knowsKey: false });
    const entry = this.entry(OBSERVE_VALUES | OBSERVE_KEYS);
    this.evicted = evicted;
    return entry;
  }

  /** Undefined: there is nothing to tell. */
  delta(): RowsDelta | undefined {
    const isObserved = this.observed !== 0 || this.watches.size > 0;
    if (!isObserved && this.evicted === 0) return undefined;
    const entry = this.entry(this.observed);
    const isNews = entry.slice(1).some((part) => (Array.isArray(part) ? part.length > 0 : part));
    return isNews ? entry : undefined;
  }

  private entry(observed: number): RowsDelta {
    const { evicted, removed } = this;
    this.evicted = 0;
    this.removed = [];
    const watched = new Set([...this.watches.values()].map(({ key }) => key));
    const isAll = (observed & OBSERVE_VALUES) !== 0;
    const news = this.rows.filter((row) => !row.knowsValue && (isAll || watched.has(row.key)));
    const hasKeys = (observed & OBSERVE_KEYS) !== 0 && this.spec.key !== undefined;
    const added = this.rows.filter((row) => !row.knowsKey && hasKeys);
    for (const row of news) Object.assign(row, { knowsValue: true, knowsId: true });
    for (const row of added) Object.assign(row, { knowsKey: true, knowsId: true });
    return [
      this.number,
      evicted,
      removed,
      news.map(({ id }) => id),
      // The real ones come out of a text.
      JSON.parse(JSON.stringify(news.map(({ value }) => value))),
      added.map(({ id }) => id),
      added.map(({ key }) => key),
      this.watchNews(),
    ];
  }

  private watchNews(): number[] {
    return [...this.watches].flatMap(([number, watch]) => {
      const id = this.rows.find(({ key }) => key === watch.key)?.id ?? 0;
      if (id === watch.told) return [];
      watch.told = id;
      return [number, id];
    });
  }

  /** The id of the row; 0: there is none. */
  private put(value: unknown, isKnown: boolean): number {
    const { key: pointer, remove, update } = this.spec;
    const found = pointer === undefined ? undefined : valueAt(value, tokensOf(pointer));
    const key = String(found ?? '');
    const row = pointer === undefined ? undefined : this.rows.find((each) => each.key === key);
    if (pointer !== undefined && found === undefined) return 0;
    if (remove !== undefined && matches(value, remove)) {
      if (row !== undefined) this.drop(row);
      return 0;
    }
    if (row === undefined) {
      const id = ++this.newest;
      this.rows.push({ id, key, value, knowsValue: isKnown, knowsKey: false, knowsId: isKnown });
      return id;
    }
    const next = update === 'merge' ? { ...(row.value as object), ...(value as object) } : value;
    if (JSON.stringify(next) !== JSON.stringify(row.value)) row.knowsValue = false;
    row.value = next;
    return row.id;
  }

  private drop(row: Row): void {
    if (row.knowsId) this.removed.push(row.id);
    this.rows = this.rows.filter((each) => each !== row);
  }

  private evict(): void {
    while (this.rows.length > (this.spec.maxRows ?? Number.POSITIVE_INFINITY)) {
      this.drop(this.rows[0] as Row);
      this.evicted += 1;
    }
  }
}
