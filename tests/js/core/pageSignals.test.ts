// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageSignals } from '../../../js/src/core/pageSignals.js';

const types = ['online', 'offline', 'pagehide', 'pageshow', 'visibilitychange', 'resume'];
let heard: string[];
let page: PageSignals;
const leaves: (() => void)[] = [];

beforeEach(() => {
  heard = [];
  page = new PageSignals();
});
afterEach(() => {
  for (const leave of leaves.splice(0)) leave();
  vi.restoreAllMocks();
});

function watch(name = ''): () => void {
  const leave = page.watch((signal) => heard.push(name + signal));
  leaves.push(leave);
  return leave;
}

function show(visibilityState: 'visible' | 'hidden'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibilityState);
}

function transition(type: 'pagehide' | 'pageshow', persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event(type), { persisted }));
}

describe('PageSignals', () => {
  it('tells of the network', () => {
    watch();
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    expect(heard).toEqual(['offline', 'online']);
  });

  it('tells whether the page is shown, as it is when it changes', () => {
    watch();
    for (const state of ['hidden', 'visible'] as const) {
      show(state);
      document.dispatchEvent(new Event('visibilitychange'));
    }
    expect(heard).toEqual(['hidden', 'shown']);
  });

  it('tells that the page was frozen and goes on', () => {
    watch();
    document.dispatchEvent(new Event('resume'));
    expect(heard).toEqual(['resumed']);
  });

  it('tells of the back/forward cache, and not of leaving for good or of a first show', () => {
    watch();
    for (const persisted of [false, true]) {
      transition('pagehide', persisted);
      transition('pageshow', persisted);
    }
    expect(heard).toEqual(['stored', 'restored']);
  });

  it('tells at once of a page that is hidden or offline already', () => {
    show('hidden');
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    watch();
    expect(heard).toEqual(['hidden', 'offline']);
  });

  it('tells nothing at once of a page that is shown and online', () => {
    show('visible');
    watch();
    expect(heard).toEqual([]);
  });

  it('tells everyone who watches, and nobody who has left', () => {
    const leave = watch('first ');
    watch('second ');
    window.dispatchEvent(new Event('offline'));
    leave();
    window.dispatchEvent(new Event('online'));
    expect(heard).toEqual(['first offline', 'second offline', 'second online']);
  });

  it('tells the others as well when one leaves, or comes, while it is told', () => {
    const leave = page.watch(() => leave());
    const leaveAll = page.watch(() => {
      watch('new ');
      leaveAll();
    });
    watch('third ');
    window.dispatchEvent(new Event('online'));
    expect(heard).toEqual(['third online']);
  });

  it('listens only while somebody watches, once for all, and leaves no listener behind', () => {
    const counts = new Map<string, number>(types.map((type) => [type, 0]));
    const count = (type: string, by: number) => counts.set(type, (counts.get(type) ?? 0) + by);
    for (const target of [window, document]) {
      const add = target.addEventListener.bind(target);
      vi.spyOn(target, 'addEventListener').mockImplementation(
        (type: string, listener: EventListenerOrEventListenerObject, options?: unknown) => {
          count(type, 1);
          const { signal } = options as { signal: AbortSignal };
          signal.addEventListener('abort', () => count(type, -1));
          add(type, listener, options as AddEventListenerOptions);
        },
      );
    }
    page = new PageSignals();
    expect([...counts.values()]).toEqual([0, 0, 0, 0, 0, 0]);
    const [first, second] = [watch(), watch()];
    expect([...counts.values()]).toEqual([1, 1, 1, 1, 1, 1]);
    first();
    expect([...counts.values()]).toEqual([1, 1, 1, 1, 1, 1]);
    second();
    second();
    expect([...counts.values()]).toEqual([0, 0, 0, 0, 0, 0]);
    window.dispatchEvent(new Event('online'));
    expect(heard).toEqual([]);
    watch();
    window.dispatchEvent(new Event('online'));
    expect(heard).toEqual(['online']);
  });

  it('is silent in a Worker, which has neither window nor document', () => {
    vi.stubGlobal('window', undefined);
    vi.stubGlobal('document', undefined);
    expect(() => watch()()).not.toThrow();
    vi.unstubAllGlobals();
    expect(heard).toEqual([]);
  });
});
