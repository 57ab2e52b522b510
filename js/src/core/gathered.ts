/** What is worked through at once at the latest: about what one write of a socket brings. */
const UNITS_MAX = 16_384;

/** Texts that have come in and are worked through together. */
export class Gathered {
  private texts: string[] = [];
  private units = 0;

  /** @returns true: it is time to work them through */
  add(text: string): boolean {
    this.texts.push(text);
    this.units += text.length;
    return this.units >= UNITS_MAX;
  }

  /** Lets all of them go, in order. @returns false: there are none */
  drain(use: (texts: readonly string[], units: number) => void): boolean {
    const { texts, units } = this;
    if (texts.length === 0) return false;
    this.texts = [];
    this.units = 0;
    use(texts, units);
    return true;
  }
}
