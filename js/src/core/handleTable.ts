/**
 * Values that are only passing through the core, which knows them by number. Each number is free
 * again once its value was taken; 0 is never one. Values that wait in the core are held: they come
 * back in their order when the core has stopped.
 */
export class HandleTable {
  private readonly values: unknown[] = [undefined];
  private readonly free: number[] = [];
  private readonly holding = new Set<number>();

  /** How many values are kept. */
  get size(): number {
    return this.values.length - 1 - this.free.length;
  }

  /** How many of them are held. */
  get heldCount(): number {
    return this.holding.size;
  }

  keep(value: unknown): number {
    const handle = this.free.pop() ?? this.values.length;
    this.values[handle] = value;
    return handle;
  }

  peek(handle: number): unknown {
    return this.values[handle];
  }

  /** From now on the handle stands for `value`, which waits behind those held before. */
  hold(handle: number, value: unknown): void {
    this.values[handle] = value;
    this.holding.add(handle);
  }

  /** It waits no longer, but is not done with. */
  release(handle: number): void {
    this.holding.delete(handle);
  }

  /** What is held, in its order. */
  held(): unknown[] {
    return [...this.holding].map((handle) => this.values[handle]);
  }

  take(handle: number): unknown {
    const value = this.values[handle];
    this.values[handle] = undefined;
    this.free.push(handle);
    this.holding.delete(handle);
    return value;
  }
}
