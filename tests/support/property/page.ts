import { vi } from 'vitest';
import type { Signal } from './actions.js';

/** The page of jsdom, whose state a test sets, and the count of listeners that are on it. */
export class ScriptedPage {
  listenerCount = 0;
  private visibility: 'visible' | 'hidden' = 'visible';
  private isOnline = true;

  constructor() {
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => this.visibility);
    vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => this.isOnline);
    for (const target of [window, document]) {
      const add = target.addEventListener.bind(target);
      vi.spyOn(target, 'addEventListener').mockImplementation(
        (type: string, listener: EventListenerOrEventListenerObject, options?: unknown) => {
          this.count(options);
          add(type, listener, options as AddEventListenerOptions);
        },
      );
    }
  }

  tell(signal: Signal): void {
    switch (signal) {
      case 'online':
      case 'offline':
        this.isOnline = signal === 'online';
        window.dispatchEvent(new Event(signal));
        return;
      case 'hidden':
      case 'visible':
        this.visibility = signal;
        document.dispatchEvent(new Event('visibilitychange'));
        return;
      case 'resume':
        document.dispatchEvent(new Event('resume'));
        return;
      case 'pagehide':
      case 'pageshow':
        window.dispatchEvent(Object.assign(new Event(signal), { persisted: true }));
        return;
    }
    signal satisfies never;
  }

  /** As a page is that somebody looks at. */
  reset(): void {
    for (const signal of ['pageshow', 'visible', 'online'] as const) this.tell(signal);
  }

  /** Ours alone have a signal; React's and jsdom's own are not counted. */
  private count(options: unknown): void {
    const { signal } = (options ?? {}) as { signal?: AbortSignal };
    if (signal === undefined) return;
    this.listenerCount += 1;
    signal.addEventListener('abort', () => {
      this.listenerCount -= 1;
    });
  }
}
