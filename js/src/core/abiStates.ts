import type { AbiMemory } from './abiMemory.js';
import type { JoinedTexts } from './gathered.js';
import type { Glue } from './glue.js';

// The functions of the ABI that concern the states of a line. What they answer beside a number is
// JSON text.

export class AbiStates {
  constructor(
    private readonly glue: Glue,
    private readonly memory: AbiMemory,
  ) {}

  /** The number of a new state, or 0. */
  add(line: number, spec: string): number {
    return this.glue._ol_line_state_add(line, this.memory.fillFrame(spec));
  }

  remove(line: number, state: number): void {
    this.glue._ol_line_state_remove(line, state);
  }

  /** Whether the next delta has something to tell; so below. */
  takeRun(line: number, state: number, { run, skip }: { run: number; skip: number }): boolean {
    return this.glue._ol_line_state_take_run(line, state, run, skip) !== 0;
  }

  takeAll(line: number, data: string | ArrayBuffer): boolean {
    return this.glue._ol_line_state_take_all(line, this.memory.fillFrame(data)) !== 0;
  }

  takeEach(line: number, texts: JoinedTexts): boolean {
    const size = this.memory.fillTexts(texts);
    return this.glue._ol_line_state_take_each(line, texts.units.length, size) !== 0;
  }

  seed(line: number, state: number, json: string): string {
    return this.answer(
      line,
      this.glue._ol_line_state_seed(line, state, this.memory.fillFrame(json)),
    );
  }

  observe(line: number, state: number, what: number): void {
    this.glue._ol_line_state_observe(line, state, what);
  }

  watch(line: number, state: number, key: string): number {
    return this.glue._ol_line_state_watch(line, state, this.memory.fillFrame(key));
  }

  unwatch(line: number, state: number, watch: number): void {
    this.glue._ol_line_state_unwatch(line, state, watch);
  }

  read(line: number, state: number): string {
    return this.answer(line, this.glue._ol_line_state_read(line, state));
  }

  /** Empty: there is no such row. */
  readRow(line: number, state: number, key: string): string {
    return this.answer(
      line,
      this.glue._ol_line_state_read_row(line, state, this.memory.fillFrame(key)),
    );
  }

  /** Empty: nothing has changed. */
  takeDelta(line: number): string {
    return this.answer(line, this.glue._ol_line_take_delta(line));
  }

  private answer(line: number, size: number): string {
    return size === 0 ? '' : this.memory.textAt(this.glue._ol_line_answer(line), size);
  }
}
