import { act, createElement, type ReactNode, StrictMode } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, vi } from 'vitest';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}

export interface Mounted {
  readonly place: HTMLElement;
  render(node: ReactNode): void;
  unmount(): void;
}

/**
 * Puts a component on the page. Mounting, rendering and unmounting finish their effects before they
 * return; all else is left to React's own scheduler, as in a browser.
 */
export function mount(node: ReactNode, { html }: { html?: string } = {}): Mounted {
  const place = document.createElement('div');
  let root: Root;
  if (html === undefined) {
    root = createRoot(place);
    finish(() => root.render(node));
  } else {
    place.innerHTML = html;
    finish(() => {
      root = hydrateRoot(place, node);
    });
  }
  return {
    place,
    render: (next) => finish(() => root.render(next)),
    unmount: () => finish(() => root.unmount()),
  };
}

export function strict(node: ReactNode): ReactNode {
  return createElement(StrictMode, null, node);
}

function finish(work: () => void): void {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  try {
    act(work);
  } finally {
    globalThis.IS_REACT_ACT_ENVIRONMENT = false;
  }
}

/** Makes every complaint on the console (React's warnings, uncaught errors) fail the test. */
export function failOnComplaints(): { expected(): void } {
  let isExpected = false;
  beforeEach(() => {
    isExpected = false;
    globalThis.IS_REACT_ACT_ENVIRONMENT = false;
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    const calls = [...vi.mocked(console.error).mock.calls];
    vi.restoreAllMocks();
    if (!isExpected) expect(calls).toEqual([]);
  });
  return {
    expected() {
      isExpected = true;
    },
  };
}
