import { givenOf } from '../../js/src/core/given.js';
import { checkGiven, keysOf, rowsByKey } from '../../js/src/core/givenState.js';
import type { AnyLineDefinition } from '../../js/src/core/lineDefinition.js';
import type { LiveRows, LiveState, StateFrom } from '../../js/src/core/liveState.js';
import { sharedLine } from '../../js/src/core/sharedLine.js';
import type { RowsRef, StateRef } from '../../js/src/core/stateRef.js';
import { PlayedValue } from './playedValue.js';

/** A state as hooks see it, without a line: what is flushed, the test says. */
export class PlayedState<V> implements LiveState<V> {
  readonly whole: PlayedValue<V>;
  private isKnown = false;

  constructor(
    protected readonly ref: StateRef<V>,
    blank: V,
  ) {
    this.whole = new PlayedValue(blank);
  }

  render(from: StateFrom<V> | null | undefined): void {
    const given = givenOf(from);
    if (given === null) return;
    checkGiven(this.ref, given.value);
    if (this.isKnown) return;
    this.isKnown = true;
    this.begin(given.value);
  }

  flush(value: V): void {
    this.isKnown = true;
    this.whole.set(value);
  }

  protected begin(value: V): void {
    this.whole.put(value);
  }
}

/** Rows as hooks see them. */
export class PlayedRows<T> extends PlayedState<readonly T[]> implements LiveRows<T> {
  readonly keys = new PlayedValue<readonly string[]>([]);
  private readonly cells = new Map<string, PlayedValue<T | undefined>>();

  constructor(private readonly rowsRef: RowsRef<T>) {
    super(rowsRef, []);
  }

  row(key: string): PlayedValue<T | undefined> {
    const cell = this.cells.get(key) ?? new PlayedValue(this.byKey().get(key));
    this.cells.set(key, cell);
    return cell;
  }

  override flush(rows: readonly T[]): void {
    super.flush(rows);
    const keys = keysOf(this.rowsRef.spec, rows);
    if (keys.join('\n') !== this.keys.get().join('\n')) this.keys.set(keys);
    for (const [key, cell] of this.cells) cell.set(this.byKey().get(key));
  }

  protected override begin(rows: readonly T[]): void {
    super.begin(rows);
    // Another array than that of who has rendered them on a server.
    this.keys.put([...keysOf(this.rowsRef.spec, rows)]);
  }

  private byKey(): ReadonlyMap<string, T> {
    return rowsByKey(this.rowsRef.spec, this.whole.get());
  }
}

/** Makes the page's line of a definition read these states, by the names of their members. */
export function playStates(
  definition: AnyLineDefinition,
  states: Readonly<Record<string, unknown>>,
): void {
  const live = ({ name }: StateRef) => states[name];
  Object.defineProperty(sharedLine(definition), 'live', { value: live, configurable: true });
}
