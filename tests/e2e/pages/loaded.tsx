import { StrictMode, useState } from 'react';
import { hydrateRoot } from 'react-dom/client';
import type { Resync } from '../../../js/src/index.js';
import { type Loaded, LoadedBoard } from './loadedBoard.js';
import { troubles } from './troubles.js';

// Takes over what the server has rendered; `window.loaded` tells what became of it.

export interface Takeover {
  /** What the server sent, as the browser has read it. */
  readonly html: string;
  /** Every change of the document since then, in words. */
  readonly mutations: string[];
  readonly resyncs: Resync[];
  /** React's complaints of what it took over are among them. */
  readonly troubles: string[];
}

declare global {
  interface Window {
    loaded: Takeover;
  }
}

const page = document.querySelector('main') as HTMLElement;
const given = document.querySelector('#loaded')?.textContent ?? '';
const mutations: string[] = [];
const resyncs: Resync[] = [];
window.loaded = { html: page.innerHTML, mutations, resyncs, troubles };

new MutationObserver((records) => {
  for (const record of records) mutations.push(...told(record));
}).observe(page, { attributes: true, characterData: true, childList: true, subtree: true });

hydrateRoot(
  page,
  <StrictMode>
    <App />
  </StrictMode>,
  { onRecoverableError: (error) => void troubles.push(`recovered: ${error}`) },
);

function App() {
  const [loaded, setLoaded] = useState<Loaded>(() => JSON.parse(given));
  const onResync = async (gap: Resync) => {
    resyncs.push(gap);
    const response = await fetch('/loader');
    setLoaded(await response.json());
  };
  const onError = ({ message }: Error) => void troubles.push(message);
  return <LoadedBoard loaded={loaded} onResync={onResync} onError={onError} />;
}

function told({ type, target, addedNodes, removedNodes }: MutationRecord): string[] {
  const { nodeName, textContent } = target;
  if (type !== 'childList') return [`${type} of ${nodeName}: ${textContent}`];
  const words = (what: string, nodes: NodeList) =>
    [...nodes].map((node) => `${what} ${node.nodeName} ${node.textContent}`);
  return [...words('added', addedNodes), ...words('removed', removedNodes)];
}
