/**
 * Calls listeners in the order of what happens, also when one of them makes the next thing happen:
 * that comes when all have heard of the first. Whoever listens from now on hears of nothing before.
 */
export class Listeners<Args extends readonly unknown[]> {
  private readonly listening = new Set<(...args: Args) => void>();
  private readonly queue: [(...args: Args) => void, Args][] = [];
  private isCalling = false;

  get size(): number {
    return this.listening.size;
  }

  /** Answers how to stop; doing so twice is harmless. */
  add(listener: (...args: Args) => void): () => void {
    // One of its own, so that the same function may listen twice.
    const own = (...args: Args): void => listener(...args);
    this.listening.add(own);
    return () => {
      this.listening.delete(own);
    };
  }

  call(...args: Args): void {
    if (!this.isCalling && this.listening.size === 1) {
      for (const listener of this.listening) this.hold(() => report(listener, args));
    } else {
      for (const listener of this.listening) this.queue.push([listener, args]);
    }
    if (!this.isCalling) this.hold(() => this.callQueued());
  }

  clear(): void {
    this.listening.clear();
    this.queue.length = 0;
  }

  private hold(call: () => void): void {
    this.isCalling = true;
    call();
    this.isCalling = false;
  }

  private callQueued(): void {
    for (const [listener, args] of this.queue) {
      if (this.listening.has(listener)) report(listener, args);
    }
    this.queue.length = 0;
  }
}

/** As Node's EventTarget has it: a listener that throws stops no other one, nor who called. */
function report<Args extends readonly unknown[]>(
  listener: (...args: Args) => void,
  args: Args,
): void {
  try {
    listener(...args);
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
