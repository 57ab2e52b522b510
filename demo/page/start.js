/** Renders the app for one visitor: each load of the page is a new one. */
import { createElement as h, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './parts/App.js';

export function start(container, onFailure) {
  const root = createRoot(container, {
    // Without this an error while rendering would leave an empty page behind.
    onUncaughtError: (error) => {
      console.error(error);
      queueMicrotask(() => {
        root.unmount();
        onFailure(error);
      });
    },
  });
  root.render(h(StrictMode, null, h(App, { client: randomId() })));
}

/** `crypto.randomUUID` is missing on plain http beyond this machine, as on a phone at home. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
