// @vitest-environment jsdom
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentType } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as hooks from '../../js/src/react/index.js';
import { EchoServer } from '../support/echoServer.js';
import { root } from './readme.js';

// The components of docs/MIGRATING.md, as they stand there, mounted against a real server.

declare const jsdom: { reconfigure(settings: { url: string }): void };

const folder = join(root, 'build/readme/migrating');
const page = readFileSync(join(root, 'docs/MIGRATING.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => {
  return { language, text: text as string };
});
let server: EchoServer;
let shown: Root;
let place: HTMLElement;

beforeEach(async () => {
  server = await new EchoServer().start();
  jsdom.reconfigure({ url: `${server.url.replace('ws:', 'http:')}/` });
  place = document.createElement('div');
  shown = createRoot(place);
});

afterEach(async () => {
  shown.unmount();
  await server.stop();
});

async function mount(name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name}.tsx`;
  const found = blocks.filter(({ text }) => text.includes(`function ${name}(`));
  expect(found).toHaveLength(1);
  writeFileSync(path, found[0]?.text as string);
  const { default: Component } = (await import(path)) as { default: ComponentType };
  shown.render(<Component />);
}

async function shows(text: string): Promise<void> {
  await vi.waitFor(() => expect(place.textContent).toContain(text), { timeout: 5_000 });
}

test('every snippet is a component that is mounted here, or the change of the import', () => {
  expect(blocks.map(({ language }) => language)).toEqual(['diff', 'tsx', 'tsx']);
  const [, added] = /^\+ (.*)$/m.exec(blocks[0]?.text ?? '') ?? [];
  expect(added).toBe("import useWebSocket, { ReadyState } from 'openline/react';");
  expect(hooks.default).toBe(hooks.useWebSocket);
  expect(hooks.ReadyState.OPEN).toBe(1);
});

test('the history shows every message that comes back, and the name of the state', async () => {
  await mount('History');
  await shows('OPEN');
  for (let i = 0; i < 3; i++) place.querySelector('button')?.click();
  await vi.waitFor(() => expect(place.querySelectorAll('li')).toHaveLength(3));
  expect(place.querySelector('ul')?.textContent).toBe('hellohellohello');
  server.cut();
  await shows('CLOSED');
});

test('the ticker shows the newest price, and connects when it is told to', async () => {
  await mount('Ticker');
  await shows('open: none yet');
  server.connections[0]?.socket.send('42');
  await shows('open: 42');
  place.querySelector('button')?.click();
  await vi.waitFor(() => expect(server.connectionCount).toBe(2));
  await shows('open: 42');
});
