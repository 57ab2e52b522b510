/**
 * Values that are only passing through the core, which knows them by number. Each number is free
 * again once its value was taken; 0 is never one.
 */
export class HandleTable {
  private readonly values: unknown[] = [undefined];
  private readonly free: number[] = [];

  /** How many values are kept. */
  get size(): number {
    return this.values.length - 1 - this.free.length;
  }

  keep(value: unknown): number {
    const handle = this.free.pop() ?? this.values.length;
    this.values[handle] = value;
    return handle;
  }

  peek(handle: number): unknown {
    return this.values[handle];
  }

  replace(handle: number, value: unknown): void {
    this.values[handle] = value;
  }

  take(handle: number): unknown {
    const value = this.values[handle];
    this.values[handle] = undefined;
    this.free.push(handle);
    return value;
  }
}
