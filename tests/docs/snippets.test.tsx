// @vitest-environment jsdom
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentType } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EchoServer } from '../support/echoServer.js';
import { blockWith, root } from './readme.js';

// The components of README, as they stand there, mounted against a real server.

declare const jsdom: { reconfigure(settings: { url: string }): void };

const folder = join(root, 'build/readme');
let server: EchoServer;
let page: Root;
let place: HTMLElement;

beforeEach(async () => {
  server = await new EchoServer().start();
  jsdom.reconfigure({ url: `${server.url.replace('ws:', 'http:')}/` });
  place = document.createElement('div');
  page = createRoot(place);
});

afterEach(async () => {
  page.unmount();
  await server.stop();
  vi.unstubAllGlobals();
});

async function mount(mark: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${mark}.tsx`;
  writeFileSync(path, blockWith('tsx', `function ${mark}(`));
  const { default: Component } = (await import(path)) as { default: ComponentType };
  page.render(<Component />);
}

async function shows(text: string): Promise<void> {
  await vi.waitFor(() => expect(place.textContent).toContain(text), { timeout: 5_000 });
}

test('the chat shows what comes back after a click', async () => {
  await mount('Chat');
  await shows('The line is open');
  place.querySelector('button')?.click();
  await vi.waitFor(() => expect(place.querySelector('li')?.textContent).toBe('hello'));
});

test('the table shows the newest price of each symbol and says when the line waits', async () => {
  await mount('Prices');
  await vi.waitFor(() => expect(server.live).toBe(1));
  for (const [symbol, price] of [
    ['ACME', 1],
    ['INIT', 2],
    ['ACME', 3],
  ]) {
    server.connections[0]?.socket.send(JSON.stringify({ symbol, price }));
  }
  await shows('ACME3');
  await shows('INIT2');
  server.cut();
  await shows('Offline; attempt 1 at ');
});

test('the ticket is asked for and travels in the URL', async () => {
  const fetch = vi.fn(async () => new Response('t-1'));
  vi.stubGlobal('fetch', fetch);
  await mount('Private');
  await shows('open');
  expect(fetch).toHaveBeenCalledWith('/ticket', { method: 'POST' });
  expect(server.connections[0]?.request.url).toBe('/line?ticket=t-1');
});

test('the watched line introduces itself, and says what a cut may have cost', async () => {
  await mount('Watched');
  await shows('open');
  await vi.waitFor(() => expect(server.received).toEqual(['{"type":"hello","since":null}']));
  server.cut();
  await shows('Offline for ');
  await shows(' messages in doubt');
  await vi.waitFor(() => expect(server.received).toHaveLength(2));
});

test('the feed keeps of any server what its states name, and passes over the rest', async () => {
  await mount('Feed');
  await vi.waitFor(() => expect(server.live).toBe(1));
  expect(place.textContent).toBe('The market is unknown; 0 trades');
  const price = (symbol: string, price: number) => ({ type: 'price', data: { symbol, price } });
  for (const message of [
    price('ACME', 1),
    { type: 'market', is: 'open' },
    { type: 'weather', is: 'closed', text: 'rain' },
    price('INIT', 2),
    { type: 'news', text: 'up' },
    price('ACME', 3),
  ]) {
    server.connections[0]?.socket.send(JSON.stringify(message));
  }
  await shows('The market is open; 3 tradesACME 3INIT 2up');
});
