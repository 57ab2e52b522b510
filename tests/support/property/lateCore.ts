/** When the core is there, as a test decides: what loads it waits for that. */
export class LateCore {
  private release = (): void => {};
  private arrived: Promise<void> = Promise.resolve();

  /** From now on whoever loads it waits for `arrive`. */
  hold(): void {
    this.arrived = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  arrive(): void {
    this.release();
  }

  async wait(): Promise<void> {
    await this.arrived;
  }
}

export const lateCore = new LateCore();
