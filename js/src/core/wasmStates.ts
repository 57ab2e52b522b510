import type { Abi } from './abi.js';
import type { CoreDelta, CoreStateSpec, CoreStates, RowsDelta, ValueDelta } from './coreStates.js';
import type { JoinedTexts } from './gathered.js';

/** The way of a line into its instance. */
export interface StatesEntry {
  enter<T>(use: (abi: Abi, line: number) => T): T | undefined;
}

/** The states of a line in an instance of the core. */
export class WasmStates implements CoreStates {
  constructor(private readonly entry: StatesEntry) {}

  add(spec: CoreStateSpec): number {
    const text = JSON.stringify(spec);
    return this.entry.enter(({ states }, line) => states.add(line, text)) ?? 0;
  }

  remove(state: number): void {
    this.entry.enter(({ states }, line) => states.remove(line, state));
  }

  takeRun(state: number, run: number, skip: number): boolean {
    const part = { run, skip };
    return this.entry.enter(({ states }, line) => states.takeRun(line, state, part)) ?? false;
  }

  takeMessage(data: string | ArrayBuffer): boolean {
    return this.entry.enter(({ states }, line) => states.takeAll(line, data)) ?? false;
  }

  takeMessages(texts: JoinedTexts): boolean {
    return this.entry.enter(({ states }, line) => states.takeEach(line, texts)) ?? false;
  }

  seed(state: number, json: string): readonly number[] | undefined {
    return parsed(this.entry.enter(({ states }, line) => states.seed(line, state, json)));
  }

  observe(state: number, what: number): void {
    this.entry.enter(({ states }, line) => states.observe(line, state, what));
  }

  watch(state: number, key: string): number {
    return this.entry.enter(({ states }, line) => states.watch(line, state, key)) ?? 0;
  }

  unwatch(state: number, watch: number): void {
    this.entry.enter(({ states }, line) => states.unwatch(line, state, watch));
  }

  read(state: number): RowsDelta | ValueDelta | undefined {
    return parsed(this.entry.enter(({ states }, line) => states.read(line, state)));
  }

  readRow(state: number, key: string): unknown {
    return parsed(this.entry.enter(({ states }, line) => states.readRow(line, state, key)));
  }

  takeDelta(): CoreDelta | undefined {
    return parsed(this.entry.enter(({ states }, line) => states.takeDelta(line)));
  }
}

/** What the core writes is JSON, of values that it has checked. */
function parsed<T>(text: string | undefined): T | undefined {
  return text ? JSON.parse(text) : undefined;
}
