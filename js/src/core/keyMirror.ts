/** What JavaScript has of the keys of a state's rows, while somebody reads them. */
export class KeyMirror {
  private byId = new Map<number, string>();
  private shown: readonly string[] = [];

  /** In the order of the rows; the same array until a key comes or goes. */
  get list(): readonly string[] {
    return this.shown;
  }

  /** @returns true when they are others than before */
  show(keys: readonly string[]): boolean {
    const isSame =
      keys.length === this.shown.length && keys.every((key, i) => key === this.shown[i]);
    if (!isSame) this.shown = Object.freeze([...keys]);
    return !isSame;
  }

  /** @returns true when there are others than before */
  apply(removed: readonly number[], added: readonly number[], keys: readonly string[]): boolean {
    for (const id of removed) this.byId.delete(id);
    for (const [i, id] of added.entries()) this.byId.set(id, keys[i] as string);
    if (removed.length === 0 && added.length === 0) return false;
    // Ids ascend in the order of the rows.
    const sorted = [...this.byId].sort(([a], [b]) => a - b);
    return this.show(sorted.map(([, key]) => key));
  }

  /** The core tells of all of them again. */
  forgetIds(): void {
    this.byId = new Map();
  }
}
