import type {
  CoreDelta,
  CoreFault,
  CoreStateSpec,
  CoreStates,
  RowsDelta,
  ValueDelta,
} from '../../js/src/core/coreStates.js';
import type { JoinedTexts } from '../../js/src/core/gathered.js';
import { tokensOf, valueAt } from '../../js/src/core/jsonPointer.js';
import { FakeRows, matches } from './fakeRows.js';

/** A value as the core keeps it. */
class FakeValue {
  private value: unknown;
  private observed = 0;
  private isNews = false;

  constructor(
    readonly number: number,
    private readonly spec: CoreStateSpec,
  ) {}

  /** What nobody observes is no news. */
  get hasNews(): boolean {
    return this.observed !== 0 && this.isNews;
  }

  observe(what: number): void {
    this.observed = what;
  }

  take(value: unknown): void {
    const isPatch = this.spec.kind === 'document';
    this.value = isPatch ? { ...(this.value as object), ...(value as object) } : value;
    this.isNews = true;
  }

  seed(value: unknown): number[] {
    this.value = value;
    this.isNews = false;
    return [];
  }

  read(): ValueDelta {
    this.isNews = false;
    return this.value === undefined
      ? [this.number]
      : [this.number, JSON.parse(JSON.stringify(this.value))];
  }

  delta(): ValueDelta | undefined {
    return this.hasNews ? this.read() : undefined;
  }
}

/** The states of a line in the core, in JavaScript; `isStopped` is what a trap leaves. */
export class FakeCoreStates implements CoreStates {
  isStopped = false;
  statesMax = 1_000;
  watchesMax = 1_000;
  /** What was asked for, in order. */
  readonly calls: string[] = [];
  readonly states = new Map<number, FakeRows | FakeValue>();
  private readonly specs = new Map<number, CoreStateSpec>();
  private readonly runs = new Map<number, readonly unknown[]>();
  private faults: CoreFault[] = [];
  private newest = 0;
  private watches = 0;
  private moreFaults = 0;

  /** A run that has come in; its number. */
  run(values: readonly unknown[]): number {
    this.runs.set(this.runs.size + 1, values);
    return this.runs.size;
  }

  fault(fault: CoreFault, more = 0): void {
    this.faults.push(fault);
    this.moreFaults = more;
  }

  add(spec: CoreStateSpec): number {
    this.calls.push(`add ${spec.kind}`);
    if (this.isStopped || this.states.size >= this.statesMax) return 0;
    const isRows = spec.kind === 'log' || spec.kind === 'collection';
    const number = ++this.newest;
    this.specs.set(number, spec);
    this.states.set(number, isRows ? new FakeRows(number, spec) : new FakeValue(number, spec));
    return number;
  }

  remove(state: number): void {
    this.calls.push(`remove ${state}`);
    this.states.delete(state);
  }

  takeRun(state: number, run: number, skip: number): boolean {
    const values = this.runs.get(run)?.slice(skip) ?? [];
    return this.takeAll([state], values);
  }

  takeMessage(data: string | ArrayBuffer): boolean {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
    const plain = [...this.specs].filter(([, { hasStream }]) => !hasStream);
    return this.takeAll(
      plain.map(([number]) => number),
      [JSON.parse(text)],
    );
  }

  takeMessages({ text, units }: JoinedTexts): boolean {
    this.calls.push(`takeMessages ${units.length}`);
    let rest = text;
    let isDue = false;
    for (const count of units) {
      isDue = this.takeMessage(rest.slice(0, count)) || isDue;
      rest = rest.slice(count);
    }
    return isDue;
  }

  seed(state: number, json: string): readonly number[] | undefined {
    this.calls.push(`seed ${state}`);
    if (this.isStopped) return undefined;
    return this.states.get(state)?.seed(JSON.parse(json));
  }

  observe(state: number, what: number): void {
    this.calls.push(`observe ${state} ${what}`);
    this.states.get(state)?.observe(what);
  }

  watch(state: number, key: string): number {
    const rows = this.states.get(state) as FakeRows;
    if (this.isStopped || this.watches >= this.watchesMax) return 0;
    this.watches += 1;
    rows.watch(this.watches, key);
    return this.watches;
  }

  unwatch(state: number, watch: number): void {
    this.calls.push(`unwatch ${state} ${watch}`);
    (this.states.get(state) as FakeRows | undefined)?.unwatch(watch);
  }

  read(state: number): RowsDelta | ValueDelta | undefined {
    this.calls.push(`read ${state}`);
    return this.isStopped ? undefined : this.states.get(state)?.read();
  }

  readRow(state: number, key: string): unknown {
    this.calls.push(`readRow ${state} ${key}`);
    if (this.isStopped) return undefined;
    const row = (this.states.get(state) as FakeRows).find(key);
    return row === undefined ? undefined : JSON.parse(JSON.stringify(row));
  }

  takeDelta(): CoreDelta | undefined {
    this.calls.push('takeDelta');
    if (this.isStopped) return undefined;
    const { faults, moreFaults } = this;
    [this.faults, this.moreFaults] = [[], 0];
    const entries = [...this.states.values()].map((state) => state.delta());
    const news = entries.filter((entry) => entry !== undefined);
    return news.length + faults.length === 0 ? undefined : [news, faults, moreFaults];
  }

  private takeAll(states: readonly number[], values: readonly unknown[]): boolean {
    if (this.isStopped) return false;
    for (const number of states) {
      const { match, value = '' } = this.specs.get(number) as CoreStateSpec;
      for (const each of values) {
        if (matches(each, match)) this.states.get(number)?.take(valueAt(each, tokensOf(value)));
      }
    }
    return states.some((number) => this.states.get(number)?.hasNews) || this.faults.length > 0;
  }
}
