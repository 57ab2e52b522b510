// A board by hand, as one who knows how: a store outside of React, each message parsed once and put
// into a map, listeners told once per animation frame, and only those whose row has changed. To
// keep texts for one JSON.parse a frame costs 0.93 to 0.97 of it, but in a hidden tab, which has
// no animation frames, it has no bound.
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { Cells, serve, visibleCount } from './tickerProbe.jsx';

export class BoardStore {
  rows = new Map();
  #keys = [];
  #dirty = new Set();
  #rowListeners = new Map();
  #keyListeners = new Set();
  #isWaiting = false;
  #hasNewKeys = false;

  /** Text frames of one row. */
  takeRow(text) {
    this.put(JSON.parse(text));
    this.wait();
  }

  /** Text frames of an array of rows. */
  takeRows(text) {
    for (const row of JSON.parse(text)) this.put(row);
    this.wait();
  }

  subscribeRow(id, changed) {
    let listeners = this.#rowListeners.get(id);
    if (listeners === undefined) {
      listeners = new Set();
      this.#rowListeners.set(id, listeners);
    }
    listeners.add(changed);
    return () => {
      listeners.delete(changed);
      if (listeners.size === 0) this.#rowListeners.delete(id);
    };
  }

  subscribeKeys = (changed) => {
    this.#keyListeners.add(changed);
    return () => this.#keyListeners.delete(changed);
  };

  keys = () => this.#keys;

  /** A row as it is now; `wait` tells of it. */
  put(row) {
    const { id } = row;
    if (!this.rows.has(id)) this.#hasNewKeys = true;
    this.rows.set(id, row);
    if (this.#rowListeners.has(id)) this.#dirty.add(id);
  }

  wait() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(this.#flush);
  }

  /** Before the listeners are told. */
  prepare() {}

  #flush = () => {
    this.#isWaiting = false;
    this.prepare();
    for (const id of this.#dirty) {
      for (const changed of this.#rowListeners.get(id) ?? []) changed();
    }
    this.#dirty.clear();
    if (!this.#hasNewKeys) return;
    this.#hasNewKeys = false;
    this.#keys = [...this.rows.keys()];
    for (const changed of this.#keyListeners) changed();
  };
}

/** Serves a page that shows what `store` holds. */
export function serveBoard(store) {
  function Board({ host, batches, opened }) {
    useEffect(() => {
      const socket = new WebSocket(`ws://${host}/`);
      socket.onopen = opened;
      socket.onmessage = batches
        ? ({ data }) => store.takeRows(data)
        : ({ data }) => store.takeRow(data);
      return () => socket.close();
    }, [host, batches, opened]);
    const keys = useSyncExternalStore(store.subscribeKeys, store.keys);
    return (
      <table>
        <tbody>
          {keys.slice(0, visibleCount).map((id) => (
            <Row key={id} id={id} />
          ))}
        </tbody>
      </table>
    );
  }

  function Row({ id }) {
    const subscribe = useCallback((changed) => store.subscribeRow(id, changed), [id]);
    const row = useSyncExternalStore(subscribe, () => store.rows.get(id));
    return <Cells row={row} />;
  }

  serve({ Board, readRows: () => [...store.rows.values()] });
}
