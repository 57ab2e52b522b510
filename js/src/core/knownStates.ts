import type { StateRef } from './stateRef.js';

/**
 * The states of a line, by what they are of. It does not hold them: before a state has its first
 * reader only the component does that is being rendered, and perhaps never mounted.
 */
export class KnownStates<S extends WeakKey & { readonly ref: StateRef }> {
  private readonly byKey = new Map<string, WeakRef<S>>();
  private readonly gone = new FinalizationRegistry<string>((key) => this.forget(key));

  find(ref: StateRef): S | undefined {
    return this.byKey.get(keyOf(ref))?.deref();
  }

  /** Unless another one is known in its place. */
  add(state: S): void {
    if (this.find(state.ref) !== undefined) return;
    const key = keyOf(state.ref);
    this.byKey.set(key, new WeakRef(state));
    this.gone.register(state, key);
  }

  /** Whoever looks for it finds it no more. */
  remove(state: S): void {
    if (this.find(state.ref) === state) this.byKey.delete(keyOf(state.ref));
  }

  private forget(key: string): void {
    if (this.byKey.get(key)?.deref() === undefined) this.byKey.delete(key);
  }
}

function keyOf({ name, stream }: StateRef): string {
  return `${name}\n${stream ?? ''}`;
}
