/** What a component wants to see of what it reads. */
export interface SelectOptions<V, S> {
  /**
   * What of the value the component wants: it is rendered when this is another one. It may be
   * another function with every render; what it throws, the component throws when it is rendered,
   * and others do not notice. @default all of it
   */
  readonly select?: ((value: V) => S) | undefined;
  /** Whether two selections are the same to the component. @default Object.is */
  readonly isEqual?: ((before: S, now: S) => boolean) | undefined;
}

interface Selected<V, S> {
  readonly source: unknown;
  readonly value: V;
  readonly select: ((value: V) => S) | undefined;
  readonly selection: S;
}

/** What one render selects. It may never be shown, or after another one that began later. */
export interface Selecting<V, S> {
  /** What the selector throws passes through. */
  of(value: V): S;
  /** The render is the one that is shown now. */
  show(): void;
}

/**
 * What one component selects, from render to render. A selection that is equal to the one that is
 * shown keeps that one's identity, so that the component is not rendered for it.
 */
export class Selection<V, S> {
  private shown: Selected<V, S> | null = null;
  /** So that one render need not select what another one has. */
  private newest: Selected<V, S> | null = null;

  /** @param source what is read: what was shown of another one counts no more */
  by(source: unknown, { select, isEqual = Object.is }: SelectOptions<V, S> = {}): Selecting<V, S> {
    let last = this.shown?.source === source ? this.shown : null;
    const isOf = (known: Selected<V, S> | null, value: V) =>
      known !== null && known.select === select && Object.is(known.value, value);
    const made = (value: V): Selected<V, S> => {
      const now = select === undefined ? (value as unknown as S) : select(value);
      const selection = last !== null && isEqual(last.selection, now) ? last.selection : now;
      return { source, value, select, selection };
    };
    return {
      of: (value) => {
        const known = isOf(last, value) ? last : isOf(this.newest, value) ? this.newest : null;
        last = known ?? made(value);
        this.newest = last;
        return last.selection;
      },
      show: () => {
        this.shown = last;
      },
    };
  }
}
