/** Who is here: each open page is a visitor, and its faults befall nobody else. */

export const visitorsMax = 256;
export const connectionsPerVisitorMax = 8;

/** What a page calls itself; random, so that no visitor can name another one. */
export function isVisitorId(id) {
  return /^[\w-]{8,64}$/.test(id);
}

/**
 * Keeps a visitor for as long as it has a connection or a fault that is running. Faults end by
 * themselves, so nothing has to be swept: what is idle is forgotten at that moment.
 */
export function createVisitors(after) {
  const visitors = new Map();

  return {
    get size() {
      return visitors.size;
    },
    /** The visitor of this id, made if need be; null when there are too many already. */
    admit(id) {
      if (!visitors.has(id) && visitors.size >= visitorsMax) return null;
      const visitor = visitors.get(id) ?? new Visitor(after, () => visitors.delete(id));
      visitors.set(id, visitor);
      return visitor;
    },
    forgetAll() {
      for (const visitor of [...visitors.values()]) visitor.forget();
    },
  };
}

class Visitor {
  connections = new Set();
  #after;
  #forgotten;
  #endStall = null;
  #endRefusal = null;

  constructor(after, forgotten) {
    this.#after = after;
    this.#forgotten = forgotten;
  }

  get isRefused() {
    return this.#endRefusal !== null;
  }

  get isFull() {
    return this.connections.size >= connectionsPerVisitorMax;
  }

  add(connection) {
    this.connections.add(connection);
  }

  remove(connection) {
    this.connections.delete(connection);
    this.settle();
  }

  /** Existing connections fall silent; one that is opened meanwhile is healthy. */
  stall(durationMs) {
    this.#endStall?.();
    for (const connection of this.connections) connection.stall();
    this.#endStall = this.#after(durationMs, () => this.resume());
  }

  resume() {
    this.#endStall?.();
    this.#endStall = null;
    for (const connection of this.connections) connection.resume();
    this.settle();
  }

  /** New connections are turned away; existing ones stay. */
  refuse(durationMs) {
    this.#endRefusal?.();
    this.#endRefusal = this.#after(durationMs, () => this.accept());
  }

  accept() {
    this.#endRefusal?.();
    this.#endRefusal = null;
    this.settle();
  }

  forget() {
    this.resume();
    this.accept();
  }

  /** To be called after a visitor was admitted and nothing came of it. */
  settle() {
    if (this.connections.size === 0 && !this.#endStall && !this.#endRefusal) this.#forgotten();
  }
}
