import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { LineServer } from '../../../js/src/server/index.js';
import { type Recipe, written } from './recipe.js';

declare const jsdom: { reconfigure(settings: { url: string }): void };

/** A page that is open; `text` is what it shows. */
export interface RecipePage {
  readonly place: HTMLElement;
  render(node: ReactElement): void;
  shows(text: string): Promise<void>;
  click(name: string): void;
  /** Types into the only field and submits the form. */
  submit(text: string): void;
}

// A line that was cut tries again after a second or two.
vi.setConfig({ testTimeout: 30_000 });

/** A recipe as it stands in its document: its server runs, its components can be imported. */
export function recipeStage(name: Recipe, { server }: { server: string }) {
  const sockets = new Set<WebSocket>();
  const roots: Root[] = [];
  const visitor = { cookie: 'user=ada' };
  let folder = '';
  let http: Server;
  let lines: LineServer;

  const load = <M,>(file: string) => import(`${folder}/app/${file}`) as Promise<M>;

  beforeEach(async () => {
    folder = written(name);
    vi.resetModules();
    ({ lines } = await load<{ lines: LineServer }>(server));
    http = createServer((_, response) => response.end('the app'));
    lines.attach(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    jsdom.reconfigure({ url: `${origin}/` });
    // As a browser's page has it, which sends its origin and cookies along.
    class PageSocket extends WebSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols, { origin, headers: { cookie: visitor.cookie } });
        sockets.add(this);
      }
    }
    vi.stubGlobal('WebSocket', PageSocket);
  });

  afterEach(async () => {
    for (const root of roots.splice(0)) root.unmount();
    await lines.close({ spreadMs: 0, timeoutMs: 1_000 });
    http.close();
    http.closeAllConnections();
    sockets.clear();
    visitor.cookie = 'user=ada';
    vi.unstubAllGlobals();
  });

  const page = (): RecipePage => {
    const opened = openPage();
    roots.push(opened.root);
    return opened;
  };
  return {
    load,
    page,
    visitor,
    /** Every connection is cut, without a closing handshake. */
    cut: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
}

function openPage(): RecipePage & { readonly root: Root } {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  return {
    root,
    place,
    render: (node) => root.render(node),
    shows: (text) =>
      vi.waitFor(() => expect(place.textContent).toContain(text), { timeout: 10_000 }),
    click(label) {
      const buttons = [...place.querySelectorAll('button')];
      buttons.find((button) => button.textContent === label)?.click();
    },
    submit(text) {
      const field = place.querySelector('input');
      if (field === null) throw new Error('there is no field');
      field.value = text;
      place.querySelector('form')?.requestSubmit();
    },
  };
}
