/** What a page tells of itself, in the order of `ol_page_signal` (bindings/openline_abi.h). */
export const PAGE_SIGNALS = [
  'online',
  'offline',
  'shown',
  'hidden',
  'resumed',
  'stored',
  'restored',
] as const;
export type PageSignal = (typeof PAGE_SIGNALS)[number];

type Watcher = (signal: PageSignal) => void;

/**
 * The signals of this page, for all lines of an instance. It listens only while somebody watches:
 * a page without lines has none of our listeners.
 */
export class PageSignals {
  private readonly watchers = new Set<Watcher>();
  private listening: AbortController | null = null;

  /** Tells what the page is like now, then what becomes of it. Answers how to end that. */
  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    if (this.listening === null) this.listen();
    if (isHidden()) watcher('hidden');
    if (globalThis.navigator?.onLine === false) watcher('offline');
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size > 0) return;
      this.listening?.abort();
      this.listening = null;
    };
  }

  private listen(): void {
    // In a Worker there is neither.
    if (typeof window !== 'object' || typeof document !== 'object') return;
    this.listening = new AbortController();
    const { signal } = this.listening;
    const on = (target: EventTarget, type: string, read: (event: Event) => PageSignal | null) => {
      const tell = (event: Event) => this.tell(read(event));
      target.addEventListener(type, tell, { signal });
    };
    on(window, 'online', () => 'online');
    on(window, 'offline', () => 'offline');
    on(window, 'pagehide', (event) => (isPersisted(event) ? 'stored' : null));
    on(window, 'pageshow', (event) => (isPersisted(event) ? 'restored' : null));
    on(document, 'visibilitychange', () => (isHidden() ? 'hidden' : 'shown'));
    on(document, 'resume', () => 'resumed');
  }

  private tell(signal: PageSignal | null): void {
    if (signal === null) return;
    for (const watcher of [...this.watchers]) watcher(signal);
  }
}

function isHidden(): boolean {
  return typeof document === 'object' && document.visibilityState === 'hidden';
}

function isPersisted(event: Event): boolean {
  return (event as PageTransitionEvent).persisted;
}
