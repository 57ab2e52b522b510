import type { DevToolsPage } from './devtools.js';

/** What a page holds on to that would keep it, or a server, busy. */
export interface Inventory {
  /** Sockets that are not closed, and all that were ever made. */
  readonly sockets: number;
  readonly socketsMade: number;
  /** Timers that have not rung and were not cleared. */
  readonly timers: number;
  /** Listeners on the window, the document and all else the browser has, by target and type. */
  readonly listeners: Readonly<Record<string, number>>;
}

declare global {
  interface Window {
    inventory(): Inventory;
  }
}

/** Counts from the next load on; to be called before the page is opened. */
export async function takeInventory(page: DevToolsPage): Promise<void> {
  for (const count of [countSockets, countTimers, countListeners]) await page.evaluateFirst(count);
}

// These run in the page, each by itself, before any script of the page.

function countSockets(): void {
  const sockets = new Set<WebSocket>();
  let made = 0;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      made += 1;
      sockets.add(this);
      this.addEventListener('close', () => sockets.delete(this));
    }
  };
  window.inventory = () => ({
    ...{ sockets: sockets.size, socketsMade: made, timers: 0, listeners: {} },
  });
}

function countTimers(): void {
  const { inventory, setTimeout, clearTimeout, setInterval, clearInterval } = window;
  const timers = new Set<unknown>();
  const forget = (id?: number) => {
    timers.delete(id);
    clearTimeout(id);
    clearInterval(id);
  };
  const start = (handler: TimerHandler, ms?: number, ...rest: unknown[]) => {
    const id = setTimeout(() => {
      timers.delete(id);
      if (typeof handler === 'function') handler(...rest);
    }, ms);
    timers.add(id);
    return id;
  };
  const repeat = (handler: TimerHandler, ms?: number, ...rest: unknown[]) => {
    const id = setInterval(handler, ms, ...rest);
    timers.add(id);
    return id;
  };
  Object.assign(window, { setTimeout: start, clearTimeout: forget });
  Object.assign(window, { setInterval: repeat, clearInterval: forget });
  window.inventory = () => ({ ...inventory(), timers: timers.size });
}

function countListeners(): void {
  type Call = Parameters<EventTarget['addEventListener']>;
  const { inventory } = window;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const counts: Record<string, number> = {};
  const known = new WeakMap<EventTarget, Map<string, Set<unknown>>>();
  const setOf = (target: EventTarget, [type, , options]: Call) => {
    const isCapture = typeof options === 'object' ? options.capture === true : options === true;
    const key = `${target.constructor.name} ${type}${isCapture ? ' (capture)' : ''}`;
    const sets = known.get(target) ?? known.set(target, new Map()).get(target);
    const set = sets?.get(key) ?? sets?.set(key, new Set()).get(key) ?? new Set();
    return { key, set };
  };
  const remove = (target: EventTarget, call: Call) => {
    const { key, set } = setOf(target, call);
    if (set.delete(call[1])) counts[key] = (counts[key] ?? 0) - 1;
  };
  EventTarget.prototype.addEventListener = function (...call: Call) {
    addEventListener.apply(this, call);
    // What a script made goes with whoever holds it.
    const isOfBrowser = /\[native code\]/.test(String((this ?? window).constructor));
    if (!isOfBrowser || call[1] === null) return;
    const { key, set } = setOf(this ?? window, call);
    if (!set.has(call[1])) counts[key] = (counts[key] ?? 0) + 1;
    set.add(call[1]);
    const options = typeof call[2] === 'object' ? call[2] : {};
    const gone = () => remove(this ?? window, call);
    if (options.once) addEventListener.call(this, call[0], gone, options);
    if (options.signal) addEventListener.call(options.signal, 'abort', gone, { once: true });
  };
  EventTarget.prototype.removeEventListener = function (...call: Call) {
    removeEventListener.apply(this, call);
    remove(this ?? window, call);
  };
  window.inventory = () => ({ ...inventory(), listeners: { ...counts } });
}
