import type { Publications } from './coreStreams.js';
import type { Given } from './given.js';
import { KeptState, type KeptStateHome } from './keptState.js';
import { messageOf, OpenlineError } from './openlineError.js';
import type { PlainMessage } from './plainMessage.js';
import { Reading } from './reading.js';
import { type Sieve, sieveOf } from './sieve.js';
import type { ReduceSpec, StateRef } from './stateRef.js';

/** `reduce`: what a reducer of the application makes of messages, once per flush. */
export class ReducedState<S> extends KeptState<S> {
  readonly whole = new Reading<S>({
    get: () => this.value as S,
    begin: () => this.begin(),
    end: () => this.stopReading(),
  });
  /** Known to JavaScript alone. */
  readonly number = 0;
  private readonly spec: ReduceSpec;
  private readonly sieve: Sieve | null;
  private value: unknown;
  private waiting: (() => readonly unknown[])[] = [];

  constructor(ref: StateRef, home: KeptStateHome) {
    super(ref, home);
    this.spec = ref.spec as ReduceSpec;
    this.sieve = sieveOf(this.spec);
    this.value = this.spec.initial;
  }

  /** A message of a line without streams. */
  received(message: PlainMessage): void {
    this.waiting.push(() => {
      const value = message.value();
      return value === undefined ? [] : [value];
    });
  }

  apply(): void {}

  protected take(batch: Publications): void {
    this.waiting.push(() => batch.values());
    this.home.taken(true, batch.skip === 0 ? batch.bytes.byteLength : 0);
  }

  protected show(): void {
    const waiting = this.waiting;
    this.waiting = [];
    if (waiting.length === 0) return;
    const before = this.value;
    try {
      const values = waiting.flatMap((read) => this.read(read));
      const wanted = this.sieve === null ? values : this.sieve(values);
      if (wanted.length > 0) this.value = this.spec.reducer(before, wanted);
    } catch (error) {
      this.fail(error);
    }
    if (!Object.is(before, this.value)) this.home.changed(this.whole);
  }

  protected override finish(): void {
    this.flushed();
  }

  /** The core has nothing of it: what has come in counts. */
  protected lose(): void {
    this.flushed();
  }

  protected isBlank(): boolean {
    return this.waiting.length === 0 && Object.is(this.value, this.spec.initial);
  }

  protected isWhole(): boolean {
    return true;
  }

  protected replace({ value }: Given<S>): void {
    // They were taken before, and are in it or come again.
    this.waiting = [];
    if (!Object.is(value, this.value)) this.home.changed(this.whole);
    this.value = value;
  }

  protected clear(): void {}
  protected enter(): void {}
  protected leave(): void {}
  protected fill(): void {}

  /** Of one batch; one that is no JSON does not take the others along. */
  private read(batch: () => readonly unknown[]): readonly unknown[] {
    try {
      return batch();
    } catch (error) {
      this.home.stateError(error as OpenlineError);
      return [];
    }
  }

  private fail(error: unknown): void {
    const { name } = this.ref;
    const text =
      `the reducer of ${name} threw (${messageOf(error)}); the messages that it was given are ` +
      'skipped, and the state stays as it was';
    this.home.stateError(new OpenlineError('message', text, error));
  }
}
