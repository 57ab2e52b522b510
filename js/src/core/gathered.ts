/** What is worked through at once at the latest: about what one write of a socket brings. */
const UNITS_MAX = 16_384;
const TEXTS_MAX = 1_024;

/** What is longer costs most by itself, and shall not take room for its worst case. */
export function isShort(text: string): boolean {
  return text.length < UNITS_MAX;
}

/** Texts as one. */
export interface JoinedTexts {
  readonly text: string;
  /** How many UTF-16 code units each of them has. */
  readonly units: Uint32Array<ArrayBuffer>;
}

/** Texts that have come in and are worked through together. */
export class Gathered {
  private text = '';
  private readonly units = new Uint32Array(TEXTS_MAX);
  private count = 0;

  /** @returns true: it is time to work them through */
  add(text: string): boolean {
    // An engine joins them when they are read, and not each time.
    this.text += text;
    this.units[this.count] = text.length;
    this.count += 1;
    return this.text.length >= UNITS_MAX || this.count === TEXTS_MAX;
  }

  /** Lets all of them go, in order; `use` keeps nothing of them, and adds none. */
  drain(use: (texts: JoinedTexts) => void): void {
    const { text, count } = this;
    if (count === 0) return;
    this.text = '';
    this.count = 0;
    use({ text, units: this.units.subarray(0, count) });
  }
}
