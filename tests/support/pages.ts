import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, vi } from 'vitest';
import { type Mounted, mount, strict } from './mount.js';

interface PutOptions {
  /** What a server has rendered, to be taken over. */
  readonly html?: string;
  readonly isStrict?: boolean;
}

/** Puts components on pages, and unmounts them behind each test. */
export function pages() {
  const mounted: Mounted[] = [];
  afterEach(() => {
    for (const each of mounted.splice(0)) each.unmount();
  });
  return (node: ReactNode, { html, isStrict = false }: PutOptions = {}): Mounted => {
    const shown = isStrict ? strict(node) : node;
    const page = html === undefined ? mount(shown) : mount(shown, { html });
    mounted.push(page);
    return page;
  };
}

/** The HTML of a component, rendered as on a server, where there is no page. */
export function renderOnServer(node: ReactNode): string {
  const kept = globalThis.document;
  vi.stubGlobal('document', undefined);
  try {
    return renderToString(node).replaceAll('&quot;', '"');
  } finally {
    vi.stubGlobal('document', kept);
  }
}

/** What a component says that cannot be rendered; React's own complaint on the console is none. */
export function thrownBy(render: () => unknown): unknown {
  const complain = vi.mocked(console.error);
  const before = complain.mock.calls.length;
  try {
    render();
  } catch (error) {
    return error;
  } finally {
    complain.mock.calls.splice(before);
  }
  throw new Error('it rendered');
}
