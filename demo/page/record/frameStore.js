/**
 * A store for `useSyncExternalStore` whose readers are told at most once per animation frame,
 * however often it changes. It rests in a hidden tab, and catches up when the tab is shown.
 */
export class FrameStore {
  #take;
  #onGap;
  #listeners = new Set();
  #snapshot;
  #frame = 0;
  #before = 0;

  /**
   * `take` makes the snapshot. `onGap` hears how long a frame took and answers whether the next
   * one is to be timed as well.
   */
  constructor(take, onGap) {
    this.#take = take;
    this.#onGap = onGap;
    this.#snapshot = take();
  }

  getSnapshot = () => this.#snapshot;

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  changed() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((time) => this.#run(time));
  }

  #run(time) {
    this.#frame = 0;
    const isTimed = this.#onGap(this.#before ? time - this.#before : 0);
    this.#before = isTimed ? time : 0;
    this.#snapshot = this.#take();
    for (const listener of this.#listeners) listener();
    if (isTimed) this.changed();
  }
}
