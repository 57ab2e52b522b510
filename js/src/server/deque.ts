/** A queue in which an element is found by its place; each moves once at most on its way. */
export class Deque<T> {
  private elements: (T | undefined)[] = [];
  private head = 0;

  get length(): number {
    return this.elements.length - this.head;
  }

  /** 0 is the oldest. */
  at(place: number): T | undefined {
    return this.elements[this.head + place];
  }

  push(element: T): void {
    this.elements.push(element);
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const element = this.elements[this.head];
    this.elements[this.head++] = undefined;
    // Each element is moved once at most for each that was shifted.
    if (this.head > 32 && this.head * 2 > this.elements.length) {
      this.elements = this.elements.slice(this.head);
      this.head = 0;
    }
    return element;
  }
}
